//! The headline of a text that is no dossier.

use std::sync::LazyLock;

use super::listing::is_institution_name;
use crate::{
    source::Block,
    text::{Passage, begins_like_year, parse_date, width},
};

/// A paragraph is wider than that, in columns of a Latin letter.
const WIDEST: usize = 80;

/// The first heading of the highest level, else a short line above the text without a sentence's end; what a page or a
/// newspaper prints above its headlines is passed over where there is anything else.
pub(super) fn headline(blocks: &[Block]) -> Option<Passage> {
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, text } => Some((*level, text)),
        _ => None,
    });
    let highest =
        headings.clone().filter(|(_, text)| !is_masthead(text.text())).min_by_key(|(level, _)| *level);
    if let Some((_, text)) = highest.or_else(|| headings.min_by_key(|(level, _)| *level)) {
        return Some(text.clone());
    }
    let lines = || {
        blocks.iter().map_while(|block| match block {
            Block::Paragraph { text, .. } if is_line(text.text()) || is_masthead(text.text()) => Some(text),
            _ => None,
        })
    };
    let headline = lines().find(|line| !is_masthead(line.text()));
    headline.or_else(|| lines().find(|line| is_line(line.text()))).cloned()
}

fn is_line(text: &str) -> bool {
    width(text) <= WIDEST && !text.ends_with('。')
}

/// Tells whether a line names the page or the paper, or says where and when it was put: `首页 | 新闻中心`, `甲日报`.
fn is_masthead(line: &str) -> bool {
    let words = &*MASTHEAD_WORDS;
    let line = line.trim();
    let links = line.split(['|', '｜', '>', '›', '»', '/', ' ', '　', '\t']).map(str::trim);
    words.begins.iter().any(|word| line.starts_with(word))
        || links.clone().count() > 1 && links.clone().any(|link| words.link.contains(&link))
        || words.ends.iter().any(|word| line.ends_with(word))
        || is_institution_name(line)
        || words.dated.iter().any(|word| line.starts_with(word))
        || begins_like_year(line)
            && (parse_date(line).is_some() || words.dated.iter().any(|word| line.contains(word)))
}

#[derive(Default)]
struct MastheadWords {
    begins: Vec<&'static str>,
    link: Vec<&'static str>,
    ends: Vec<&'static str>,
    dated: Vec<&'static str>,
}

static MASTHEAD_WORDS: LazyLock<MastheadWords> = LazyLock::new(|| {
    let mut words = MastheadWords::default();
    for line in include_str!("data/masthead_words.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((place, listed)) = line.split_once(' ') else { continue };
        let of_place = match place {
            "begins" => &mut words.begins,
            "link" => &mut words.link,
            "ends" => &mut words.ends,
            _ => &mut words.dated,
        };
        of_place.extend(listed.split(' '));
    }
    words
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_prints_above_its_headline_is_none() {
        let text = "医院里的康复课刚刚开始，来听课的人坐满了会议室，后来的只好站着。".repeat(2);
        let bar = format!("首页 | {}联系我们", "科室导航 | ".repeat(12));
        for (lines, want) in [
            (
                vec![
                    "某市卫生健康委员会",
                    "首页 | 新闻中心",
                    "当前位置：首页 > 新闻",
                    "康复有了新办法 推广会召开",
                ],
                "康复有了新办法 推广会召开",
            ),
            (vec![&bar, "康复有了新办法"], "康复有了新办法"),
            (vec!["甲日报", "康复有了新办法", "2024-11-18 08:42 来源：甲日报"], "康复有了新办法"),
            (vec!["2024年11月18日", "来源：甲日报", "康复有了新办法"], "康复有了新办法"),
            (vec!["2024-11-18 08:42 来源：甲日报", "康复有了新办法"], "康复有了新办法"),
            (vec!["康复有了新办法", "甲医院"], "康复有了新办法"),
            (vec!["30例患者重新站起来", "甲医院"], "30例患者重新站起来"),
            (vec!["甲医院"], "甲医院"),
        ] {
            let paragraph = |line: &str| Block::Paragraph { text: Passage::new(line, 0), continues: false };
            let blocks: Vec<Block> = lines.into_iter().chain([&*text]).map(paragraph).collect();
            assert_eq!(headline(&blocks).as_ref().map(Passage::text), Some(want));
        }
    }

    #[test]
    fn the_highest_heading_is_the_headline() {
        let heading = |level, line: &str| Block::Heading { level, text: Passage::new(line, 0) };
        let blocks = [
            heading(1, "甲医院"),
            heading(3, "一、会议"),
            heading(2, "康复有了新办法"),
            heading(2, "二、课程"),
        ];
        assert_eq!(headline(&blocks).as_ref().map(Passage::text), Some("康复有了新办法"));
        assert_eq!(headline(&blocks[..1]).as_ref().map(Passage::text), Some("甲医院"));
        assert_eq!(headline(&[]), None);
    }
}
