use crate::{domain::Dossier, extract::extract, source::Block, text::Passage};

/// A notice whose lines are paragraphs; a bar stands for a line end.
fn read(text: &str) -> Dossier {
    let mut at = 0;
    let mut paragraph = |line: &str| {
        let text = Passage::new(line, at);
        at += line.len() + 1;
        Block::Paragraph { text, continues: false }
    };
    extract(&text.split(['|', '\n']).map(&mut paragraph).collect::<Vec<_>>())
}

#[test]
fn broken_cells_of_rights_are_put_together() {
    let dossier = read(
        "项目名称|甲病防治\n\
         主要知识产权和标准规范等目录\n\
         序|号|知识产权|（标准）类|别|知识产权（标|准）具体名称|国家|（地区）|授权号（标准|编号）|授权（标准|发布）日期|权利人（标准|起草单位）|发明人（标准|起草人）|发明专利（标|准）有效状态\n\
         1|发明专利|一种用于检测甲|病标志物的试剂|盒及其应用|中国|ZL2019101234|56.1|2021年3月9|日|甲省人民医院|陈一、李二、|周三|有效\n\
         序|号|知识产权|（标准）类|别|知识产权（标|准）具体名称|国家|（地区）|授权号（标准|编号）|授权（标准|发布）日期|权利人（标准|起草单位）|发明人（标准|起草人）|发明专利（标|准）有效状态\n\
         2|计算机软件|著作权|甲病随访管理软|件V1.0|中国|2020SR01234|56|2020-05-06|甲省人民医|院、乙大学|李二|有效\n\
         注：以上为主要知识产权",
    );
    let rights = dossier.ip.iter().map(|right| {
        let said = |value: &Option<String>| value.clone().unwrap_or_default();
        let holders = right.holders.join("、");
        [&right.title, &said(&right.category), &said(&right.grant_number), &said(&right.grant_date), &holders]
            .map(String::from)
            .join("；")
    });
    assert_eq!(
        rights.collect::<Vec<_>>(),
        [
            "一种用于检测甲病标志物的试剂盒及其应用；发明专利；ZL201910123456.1；2021-03-09；陈一、李二、周三",
            "甲病随访管理软件V1.0；计算机软件著作权；2020SR0123456；2020-05-06；李二",
        ]
    );
}

#[test]
fn broken_cells_of_people_are_put_together() {
    let dossier = read(
        "项目名称|甲病防治\n\
         主要完成人情况\n\
         排名|姓名|技术|职称|行政|职务|工作单位|完成单位|对本项目技术|创造性贡献\n\
         1|陈一|主任医|师、教授|院长|甲省人民|医院|甲省人民医|院|项目总负责人，对创新点1、2有贡献，|建立了方法。\n\
         2|李二|副教授|无|乙大学|乙大学|对创新点2作出贡献，设计试剂|盒。",
    );
    let people = dossier.contributors.iter().map(|person| {
        let said = |value: &Option<String>| value.clone().unwrap_or_default();
        [
            &person.name,
            &person.titles.join("、"),
            &said(&person.post),
            &said(&person.employer),
            &said(&person.institution),
            &said(&person.contribution),
        ]
        .map(String::from)
        .join("；")
    });
    assert_eq!(
        people.collect::<Vec<_>>(),
        [
            "陈一；主任医师、教授；院长；甲省人民医院；甲省人民医院；项目总负责人，对创新点1、2有贡献，建立了方法。",
            "李二；副教授；；乙大学；乙大学；对创新点2作出贡献，设计试剂盒。",
        ]
    );
}

#[test]
fn counts_of_citations_open_no_rows_and_sums_are_none() {
    let dossier = read(
        "项目名称|甲病防治\n\
         代表性论文目录\n\
         序号|论文题|目|期刊|年卷期|页|影响|因子|通讯作|者|全部作|者|他引次|数|检索|库\n\
         1|Screening of disease A in|rural areas|Lancet|Public Health|2019，4(2)：|100-110|7.2|陈一|陈一、李|二|2|SCI\n\
         2|甲病标志物的|鉴定|中华甲病杂志|2020，100(3)：|200-205|2.1|李二|李二、周三|31|CSCD\n\
         合计|33",
    );
    let papers = dossier.papers.iter().map(|paper| {
        let journal = paper.journal.clone().unwrap_or_default();
        format!("{}；{journal}；{}；{:?}", paper.title, paper.authors.join("、"), paper.citations)
    });
    assert_eq!(
        papers.collect::<Vec<_>>(),
        [
            "Screening of disease A in rural areas；Lancet Public Health；陈一、李二；Some(2)",
            "甲病标志物的鉴定；中华甲病杂志；李二、周三；Some(31)",
        ]
    );
}

#[test]
fn rows_may_be_numbered_behind_the_name() {
    let dossier = read(
        "项目名称|甲病机制\n\
         主要完成人情况\n\
         姓名|排|名|行政|职务|技术职|称|工作单位|完成单位|对本项目主要学|术贡献\n\
         陈一|1|院长|教授、主任|医师|甲大学附属同|泽医院|甲大学附属同|泽医院|项目总体设计者，是发现点一|和发现点二的主要完成人。\n\
         李 二|2|无|教授|乙大学|乙大学|发现点一的主要贡献者。",
    );
    let people = dossier.contributors.iter();
    assert_eq!(
        people
            .map(|person| (&*person.name, person.rank, person.employer.as_deref(), &*person.claims))
            .collect::<Vec<_>>(),
        [
            ("陈一", Some(1), Some("甲大学附属同泽医院"), &[1, 2][..]),
            ("李二", Some(2), Some("乙大学"), &[1][..]),
        ]
    );
}
