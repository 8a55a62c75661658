use super::*;

#[test]
fn labels_are_known_with_inner_spaces_notes_and_numbers() {
    let lexicon = Lexicon::get();
    for (text, want) in [
        ("推荐单位 /科学家", (Entity::Dossier, Field::Recommender)),
        ("年,卷(期)及页码", (Entity::Paper, Field::YearLocator)),
        ("全部作者(国内作者须填写中文姓名)", (Entity::Paper, Field::Authors)),
        ("通讯作者单位是否含国外单位", (Entity::Paper, Field::ForeignCorresponding)),
        ("推薦意見", (Entity::Dossier, Field::Recommendation)),
        ("护理学会推荐意见", (Entity::Dossier, Field::Recommendation)),
        ("提名年份", (Entity::Dossier, Field::AwardYear)),
        ("创新性贡献", (Entity::Contributor, Field::Contribution)),
        ("种类", (Entity::Ip, Field::IpCategory)),
        ("对本项目的 贡献", (Entity::Institution, Field::Contribution)),
        ("三、项目简介", (Entity::Dossier, Field::Summary)),
        ("一、主要内容及创新", (Entity::Dossier, Field::Summary)),
        ("主要研究内容和创新点", (Entity::Dossier, Field::Summary)),
        ("授权号/标准号/登记号", (Entity::Ip, Field::GrantNumber)),
        ("授权日期或发布日期", (Entity::Ip, Field::GrantDate)),
        ("登记号/授权号", (Entity::Ip, Field::GrantNumber)),
        ("工作单位或所在单位", (Entity::Contributor, Field::Employer)),
    ] {
        assert!(lexicon.label(text).contains(&want), "{text}: {:?}", lexicon.label(text));
    }
    assert!(lexicon.label("一种装置").is_empty());
    assert!(lexicon.label("授权号/授权日期").is_empty());
    assert!(lexicon.label("影响因子（2020年）：5.1").is_empty());
}

#[test]
fn headings_open_sections() {
    let lexicon = Lexicon::get();
    assert_eq!(lexicon.section("（三）主要完成单位情况"), Some(Section::Institutions));
    assert_eq!(lexicon.section("完成人情况表（共3人）"), Some(Section::Contributors));
    assert_eq!(lexicon.section("一、建立了新方法"), None);
}
