use std::sync::LazyLock;

use regex::Regex;

use super::{
    entry::Entry,
    lexicon::Field,
    listing::is_institution_name,
    outline::Outline,
    value::{Taker, without_han_spaces},
};
use crate::{
    domain::{Award, Provenance, Warning},
    text::{FoldedText, Passage, boundary},
};

/// Understands which award the project is nominated for.
///
/// The notice's own title names it with the year; else the recommendation does, where it closes
/// with 推荐…申报…奖. Awards won before are named in the summary, which is not asked.
pub(super) fn award(outline: &Outline, warnings: &mut Vec<Warning>) -> Award {
    let mut provenance = Provenance::default();
    let mut take = Taker { path: "award".to_owned(), provenance: &mut provenance, warnings };
    let lines: Vec<&Passage> = outline
        .loose
        .iter()
        .chain(outline.headings.iter().map(|(_, text)| text))
        .filter(|line| award_name(line).is_none_or(|name| !is_won(line, &name)))
        .collect();
    let opening = || lines.iter().copied().take(TITLE_LINES);
    let titled = opening().find_map(award_name);
    let recommendation = recommended_for(&outline.dossier);
    let name = titled
        .clone()
        .or_else(|| recommendation.as_ref().map(|(_, name)| name.clone()))
        .or_else(|| outline.dossier.get(Field::AwardCategory).and_then(award_name));
    // The year beside the award's name, else of the notice's own title.
    let beside = |line: &Passage| {
        let name = award_name(line)?;
        let at = line.text().find(name.text())?;
        // `2024年度…奖`, `…奖（2024年度）`
        let near =
            boundary(line.text(), at.saturating_sub(90))..boundary(line.text(), at + name.text().len() + 30);
        award_year(&line.slice(near))
    };
    let recommended = || recommendation.as_ref().and_then(|(sentence, _)| beside(sentence));
    // Where the recommendation names the award, the year beside it is meant.
    let year = lines
        .iter()
        .copied()
        .find_map(beside)
        .or_else(|| recommended().filter(|_| titled.is_none()))
        .or_else(|| opening().find_map(award_year))
        .or_else(|| labelled_year(outline.dossier.get(Field::AwardYear)?))
        .or_else(recommended);
    let award = name.clone();
    let name = take.text("name", name.as_ref());
    let year = year.and_then(|year| take.number("year", Some(&year)));
    let named = opening().find_map(|line| category_behind(line, &award_name(line)?));
    let named = named.or_else(|| opening().find_map(bracketed_category));
    let labelled = outline.dossier.get(Field::AwardCategory);
    // `提名等级：二等奖` says less than the title that names the branch of the award.
    let recommender = outline.dossier.get(Field::Recommender);
    let (recommender, noted) = recommender.map(apart_from_category).unzip();
    let category = labelled.filter(|label| named.is_none() || !is_grade(label.text())).or(named.as_ref());
    let category = category.or(noted.as_ref().and_then(Option::as_ref));
    let branch = category.and_then(|category| branch_of(category, award.as_ref()?));
    let category = branch.as_ref().or(category);
    let category = take.repaired("category", category, "space-removed", without_han_spaces);
    let recommender = take.repaired("recommender", recommender.as_ref(), "space-removed", without_han_spaces);
    Award { name, category, year, recommender, provenance }
}

/// Lines outside of every field in which the notice's own title is looked for; a web page opens with its menus.
const TITLE_LINES: usize = 60;

fn award_name(text: &Passage) -> Option<Passage> {
    static AWARDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut awards: Vec<&str> =
            include_str!("data/awards.txt").lines().filter(|line| !line.starts_with('#')).collect();
        // A longer name may hold a shorter one.
        awards.sort_by_key(|award| std::cmp::Reverse(award.len()));
        awards
    });
    // An award that is not listed is named by who gives it and for what.
    static GIVEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let kinds = "科学技术进步奖|科技进步奖|科学技术奖|自然科学奖|技术发明奖|医学科技奖|医学科学技术奖|卫生科技奖|科技创新奖|科技成果奖|科技奖|科学技术成果奖|适宜技术推广奖";
        Regex::new(&format!(r"\p{{Han}}{{2,24}}(?:{kinds})")).ok()
    });
    let folded = FoldedText::new(text.text());
    let line = folded.text();
    let known = AWARDS.iter().find_map(|award| line.find(award).map(|at| at..at + award.len()));
    let given = || {
        // Who nominates for it may name any award.
        let nominates = ["公示", "申报", "推荐", "提名"].iter().any(|word| line.contains(word));
        let found = GIVEN.as_ref()?.find_iter(line);
        let found =
            found.into_iter().find_map(|found| giver(found.as_str(), nominates).map(|at| (at, found)))?;
        Some(found.1.start() + found.0..found.1.end())
    };
    let mut found = known.or_else(given)?;
    // 高等学校科学研究优秀成果奖（科学技术） is one of two awards of that name.
    if let Some(branch) =
        ["(科学技术)", "(自然科学)"].iter().find(|branch| line[found.end..].starts_with(**branch))
    {
        found.end += branch.len();
    }
    Some(text.slice(folded.printed(found)))
}

/// The part of an award that is named right behind it: `…科技奖（卫生管理奖）`, `…科技奖·青年科技奖`, `…科技奖（基础医学类）`.
fn category_behind(line: &Passage, award: &Passage) -> Option<Passage> {
    static CATEGORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\s*[（(·•—\-“]?\s*(\p{Han}{2,10}?[奖獎])(?:[^\p{Han}]|推荐|推薦|候选|候選|项目|項目|公示|的|$)|^\s*[（(]\s*(\p{Han}{2,10}[类類])\s*[）)]").ok()
    });
    let at = line.text().find(award.text())? + award.text().len();
    let found = CATEGORY.as_ref()?.captures(&line.text()[at..])?;
    let found = found.get(1).or_else(|| found.get(2))?;
    Some(line.slice(at + found.start()..at + found.end()))
}

/// `一等奖`
fn is_grade(category: &str) -> bool {
    let folded = FoldedText::new(category);
    let grade = folded.text().trim();
    ["一等奖", "二等奖", "三等奖", "特等奖"].contains(&grade)
}

/// `应用研究类` of `华夏医学科技奖（应用研究类）`, where the award is of that name.
fn branch_of(category: &Passage, award: &Passage) -> Option<Passage> {
    let rest = category.text().trim().strip_prefix(award.text())?.trim();
    let inner = rest.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']))?;
    let at = category.text().find(inner).filter(|_| !inner.contains(['（', '(']) && !inner.is_empty())?;
    Some(category.slice(at..at + inner.len()))
}

/// Parts `某学会（科技进步类）`, who nominates in which category.
fn apart_from_category(recommender: &Passage) -> (Passage, Option<Passage>) {
    static NOTED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\s*[（(]\s*(\p{Han}{2,10}[类類奖獎])\s*[）)]\s*$").ok());
    let Some(found) = NOTED.as_ref().and_then(|noted| noted.captures(recommender.text())) else {
        return (recommender.clone(), None);
    };
    let end = found.get(0).map_or(recommender.text().len(), |all| all.start());
    let bare = recommender.slice(0..end);
    // `陈一（国家最高科学技术奖）` won it; of several each may name its own.
    if !is_institution_name(bare.text()) || bare.text().contains(['、', '；', ';', '（', '(']) {
        return (recommender.clone(), None);
    }
    (bare, found.get(1).map(|category| recommender.slice(category.range())))
}

/// `（科技进步奖）` on a line of its own, below the title.
fn bracketed_category(line: &Passage) -> Option<Passage> {
    static CATEGORY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\s*[（(]\s*(\p{Han}{2,10}[奖獎])\s*[）)]\s*$").ok());
    if line.text().len() > 60 {
        return None;
    }
    let found = CATEGORY.as_ref()?.captures(line.text())?.get(1)?;
    Some(line.slice(found.range()))
}

/// Where the name of the giver starts in a run of Han characters that ends with the award: behind the last
/// word that cannot be part of it.
fn giver(run: &str, nominates: bool) -> Option<usize> {
    const BEFORE: [&str; 22] = [
        "年度", "年", "推荐", "申报", "提名", "报送", "参评", "申请", "关于", "拟", "获得", "获", "为", "的",
        "现将", "我院", "本院", "我校", "报", "届", "开展", "参加",
    ];
    let start = BEFORE.iter().filter_map(|word| run.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    let name = &run[start..];
    let given =
        ["省", "市", "自治区", "学会", "协会", "中华", "中国", "华夏", "国家", "军队", "兵团", "基金会"];
    let provinces = include_str!("data/provinces.txt").split_whitespace();
    let is_long = name.chars().count() >= 8;
    let is_given =
        (nominates && is_long) || given.into_iter().chain(provinces).any(|word| name.contains(word));
    is_given.then_some(start)
}

/// `获某省科学技术进步奖一等奖`: an award that the project has, in a line of the text, and not one that it shall have
/// (`拟获…`, `获提名…`, `…一等奖项目公示`).
fn is_won(line: &Passage, award: &Passage) -> bool {
    let Some(at) = line.text().find(award.text()) else { return false };
    let (before, behind) = (
        &line.text()[boundary(line.text(), at.saturating_sub(30))..at],
        &line.text()[at + award.text().len()..],
    );
    let graded = FoldedText::new(&behind[..boundary(behind, 12)]);
    let is_asked =
        ["提名", "推荐", "推薦", "申报", "申報", "拟", "擬"].iter().any(|word| before.contains(word));
    before.contains(['获', '獲'])
        && !is_asked
        && !behind.contains("公示")
        && ["特等", "一等", "二等", "三等", "1等", "2等"].iter().any(|grade| graded.text().starts_with(grade))
}

/// The award that the last sentences of the recommendation name, and the sentence.
fn recommended_for(dossier: &Entry) -> Option<(Passage, Passage)> {
    let sentences = dossier.get(Field::Recommendation)?.split(|c| matches!(c, '。' | '！' | '\n'));
    let asks = |sentence: &&Passage| {
        let folded = FoldedText::new(sentence.text());
        ["推荐", "申报", "提名"].iter().any(|word| folded.text().contains(word))
    };
    sentences.iter().rev().filter(asks).find_map(|sentence| Some((sentence.clone(), award_name(sentence)?)))
}

fn award_year(text: &Passage) -> Option<Passage> {
    static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"((?:19|20)\d\d|二[〇○零][一二三四五六七八九〇○零]{2})\s*年|\(((?:19|20)\d\d)\)").ok()
    });
    // The year of a paper is none of the notice.
    if text.text().len() > 300 || text.text().contains('卷') {
        return None;
    }
    let folded = FoldedText::new(text.text());
    let found = YEAR.as_ref()?.captures(folded.text())?;
    let year = found.get(1).or(found.get(2))?;
    Some(text.slice(folded.printed(year.range())))
}

/// `推荐年度：2024`
fn labelled_year(value: &Passage) -> Option<Passage> {
    static YEAR: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\s*((?:19|20)\d\d)\s*(?:年度?)?\s*$").ok());
    let folded = FoldedText::new(value.text());
    let year = YEAR.as_ref()?.captures(folded.text())?.get(1)?;
    Some(value.slice(folded.printed(year.range())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_award_that_was_won_is_not_the_one_asked_for() {
        let loose = vec![Passage::new("培训医师多名。获甲省科学技术进步奖一等奖。", 0)];
        let mut outline = Outline { loose, ..Outline::default() };
        let asks = "同意推荐该成果申报2022年中华医学科技奖。";
        outline.dossier.add(Field::Recommendation, &Passage::new(asks, 1000));
        let read = award(&outline, &mut Vec::new());
        assert_eq!((read.name.as_deref(), read.year), (Some("中华医学科技奖"), Some(2022)));
        let loose = vec![Passage::new("关于推荐2024年度甲省科学技术进步奖一等奖的公示", 0)];
        let read = award(&Outline { loose, ..Outline::default() }, &mut Vec::new());
        assert_eq!((read.name.as_deref(), read.year), (Some("甲省科学技术进步奖"), Some(2024)));
    }

    #[test]
    fn an_award_won_earlier_gives_neither_year_nor_category() {
        let loose = vec![Passage::new("项目于2018年获甲省科学技术进步奖一等奖。", 0)];
        let mut outline = Outline { loose, ..Outline::default() };
        let asks = "同意推荐申报2022年中华医学科技奖。";
        outline.dossier.add(Field::Recommendation, &Passage::new(asks, 1000));
        let read = award(&outline, &mut Vec::new());
        assert_eq!((read.name.as_deref(), read.year), (Some("中华医学科技奖"), Some(2022)));
        assert_eq!(read.category, None);
    }

    #[test]
    fn an_award_that_a_project_shall_have_is_none_that_it_has() {
        for (line, want, year) in [
            ("我院获提名2024年度甲省科学技术进步奖一等奖项目公示", "甲省科学技术进步奖", 2024),
            ("拟获2023年度甲省科学技术奖二等奖项目公示", "甲省科学技术奖", 2023),
        ] {
            let loose = vec![Passage::new(line, 0)];
            let read = award(&Outline { loose, ..Outline::default() }, &mut Vec::new());
            assert_eq!((read.name.as_deref(), read.year), (Some(want), Some(year)), "{line}");
        }
    }

    #[test]
    fn the_year_of_the_award_may_have_a_label() {
        for (title, year, want) in [
            ("甲省医学会科技奖推荐公示", "2024", Some(2024)),
            ("甲省医学会科技奖推荐公示", "2024 年度", Some(2024)),
            ("2023年度甲省医学会科技奖推荐公示", "2024", Some(2023)),
            ("甲省医学会科技奖推荐公示", "12024", None),
        ] {
            let mut outline = Outline { loose: vec![Passage::new(title, 0)], ..Outline::default() };
            outline.dossier.add(Field::AwardYear, &Passage::new(year, 1000));
            assert_eq!(award(&outline, &mut Vec::new()).year, want, "{title} {year}");
        }
    }

    #[test]
    fn who_nominates_may_name_the_category() {
        for (recommender, label, want) in [
            ("某学会（科技进步类）", None, ("某学会", Some("科技进步类"))),
            ("某学会（科技进步类）", Some("应用类"), ("某学会", Some("应用类"))),
            ("某学会（某分会）", None, ("某学会（某分会）", None)),
            ("陈一（国家最高科学技术奖）", None, ("陈一（国家最高科学技术奖）", None)),
            ("甲学会（中药类）、乙学会（西药类）", None, ("甲学会（中药类）、乙学会（西药类）", None)),
        ] {
            let mut outline = Outline::default();
            outline.dossier.add(Field::Recommender, &Passage::new(recommender, 0));
            if let Some(label) = label {
                outline.dossier.add(Field::AwardCategory, &Passage::new(label, 1000));
            }
            let read = award(&outline, &mut Vec::new());
            assert_eq!((read.recommender.as_deref(), read.category.as_deref()), (Some(want.0), want.1));
        }
    }

    #[test]
    fn the_branch_of_an_award_is_its_category() {
        let read = |lines: &[&str], label: &str| {
            let loose = lines.iter().enumerate().map(|(at, line)| Passage::new(line, at * 200)).collect();
            let mut outline = Outline { loose, ..Outline::default() };
            outline.dossier.add(Field::AwardCategory, &Passage::new(label, 1000));
            award(&outline, &mut Vec::new()).category
        };
        let title = "2024年甲省医学会科技奖公示";
        for (lines, label, want) in [
            (&[title, "（科学技术进步奖）"][..], "二等奖", "科学技术进步奖"),
            (&[title], "二等奖", "二等奖"),
            (&[title, "（科学技术进步奖）"], "自然科学奖", "自然科学奖"),
            (&[title], "甲省医学会科技奖（应用类）", "应用类"),
            (&[title], "应用研究奖（应用类）", "应用研究奖（应用类）"),
            (&["2024年甲省医学会科技奖（基础医学类）项目公示"], "二等奖", "基础医学类"),
        ] {
            assert_eq!(read(lines, label).as_deref(), Some(want), "{label}");
        }
    }
}
