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

#[test]
fn what_a_line_end_cuts_off_is_no_number_of_a_row() {
    for numbers in [["１", "２", "３"], ["1", "2", "3"]] {
        let [first, second, third] = numbers;
        let dossier = read(&format!(
            "项目名称|甲病防治\n代表性论文目录\n\
             序|号|论文专著名称/刊名/作者|年卷页码|DOI|通讯|作者|他引|次数\n\
             {first}|Early repair of|fractures: a trial/Bone/陈一，|李二|2021,98:153961|10.1000/j.hip.2021.15|2|陈一|48\n\
             序|号|论文专著名称/刊名/作者|年卷页码|DOI|通讯|作者|他引|次数\n\
             {second}|髋部骨折的|修复/甲杂志/王三，陈一|2019,39(8):968-9|74|10.1000/j.hip.2019.58|3|王|三|2\n\
             {third}|髋部骨折的随访/甲杂志/赵四，李|二|２０１８,４２:５|８７１|——|李二|9"
        ));
        let papers = dossier.papers.iter().map(|paper| {
            let said = |value: &Option<String>| value.clone().unwrap_or_default();
            let people = [paper.authors.join("、"), paper.corresponding_authors.join("、")];
            let [authors, corresponding] = people;
            let citations = paper.citations.map_or(String::new(), |count| count.to_string());
            [paper.title.clone(), authors, said(&paper.locator), said(&paper.doi), corresponding, citations]
                .join("；")
        });
        assert_eq!(
            papers.collect::<Vec<_>>(),
            [
                "Early repair of fractures: a trial；陈一、李二；98:153961；10.1000/j.hip.2021.152；陈一；48",
                "髋部骨折的修复；王三、陈一；39(8):968-974；10.1000/j.hip.2019.583；王三；2",
                "髋部骨折的随访；赵四、李二；４２:５８７１；；李二；9",
            ],
            "{numbers:?}"
        );
    }
}

#[test]
fn a_category_that_a_line_end_cuts_opens_a_row() {
    let dossier = read(
        "项目名称|甲病防治\n主要知识产权目录\n\
         序号|知识产权|类别|知识产权具体名称|国家（地区）|授权号|授权日期|权利人|发明人\n\
         1|发明专利|一种支架|中国|ZL201310287446|.2|2015.02.25|甲大学附|属医院|陈一、李二\n\
         2|计算机软|件著作权|骨折随访|软件V1.0|中国|2020SR1674539|2020.11.27|乙科|技有限公司|/\n\
         3|发明专利|一种固定器|中国|ZL201710935582.6|2020.10.16|甲大学|陈一",
    );
    let titles: Vec<&str> = dossier.ip.iter().map(|right| right.title.as_str()).collect();
    assert_eq!(titles, ["一种支架", "骨折随访软件V1.0", "一种固定器"]);
    assert_eq!(dossier.ip[1].category.as_deref(), Some("计算机软件著作权"));
}

#[test]
fn what_was_done_may_stand_below_the_cells_of_a_row() {
    let dossier = read(
        "项目名称|甲病防治\n主要完成人情况\n\
         姓名|排名|完成单位|工作单位|职称|行政职务\n\
         陈一|1|甲医院|甲医院|教授|科主任\n\
         对本项目的贡献|在创新点一中提出方法；|在创新点2中制定方案。\n\
         姓名|排名|完成单位|工作单位|职称|行政职务\n\
         李二|2|乙大学|乙大学|讲师|无\n\
         对本项目的贡献|在创新点2中完成验证。\n\
         完成单位情况\n单位名称|甲医院|排名|1",
    );
    let people = dossier.contributors.iter();
    assert_eq!(
        people
            .map(|person| (
                &*person.name,
                person.rank,
                person.post.as_deref(),
                person.contribution.as_deref(),
                &*person.claims
            ))
            .collect::<Vec<_>>(),
        [
            (
                "陈一",
                Some(1),
                Some("科主任"),
                Some("在创新点一中提出方法；在创新点2中制定方案。"),
                &[1, 2][..]
            ),
            ("李二", Some(2), None, Some("在创新点2中完成验证。"), &[2][..]),
        ]
    );
}
