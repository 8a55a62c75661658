use std::{collections::HashSet, sync::LazyLock};

use super::Walker;
use crate::{
    extract::{
        enumerator::strip_enumerator,
        lexicon::{Entity, Field},
        right::words,
    },
    text::{Passage, is_wider},
};

/// No heading of a part of the rights is wider.
const COLUMNS: usize = 44;

/// Rights whose category stands above them.
impl Walker {
    /// Notes the category that a heading names, `（二）实用新型专利`, or that it names none.
    pub(super) fn name_category(&mut self, heading: &Passage) {
        if self.categories.is_empty() && self.current != Entity::Ip && category(heading).is_none() {
            return;
        }
        let count = self.out.ip.len();
        self.categories.push((count, category(heading)));
    }

    /// `（二）实用新型专利`, `此外，取得软件著作权2项：`: a line within the rights that only says of which category
    /// those below are.
    pub(super) fn category_lead(&mut self, text: &Passage) -> bool {
        if self.current != Entity::Ip || self.begun.is_some() || is_wider(text.text(), COLUMNS) {
            return false;
        }
        let Some(category) = category(text) else { return false };
        self.finish_item();
        self.columns = None;
        self.open = super::Open::Nothing;
        self.categories.push((self.out.ip.len(), Some(category)));
        true
    }

    /// Supplies the rights that name no category of their own.
    pub(super) fn supply_categories(&mut self) {
        let ends: Vec<usize> =
            self.categories.iter().skip(1).map(|(count, _)| *count).chain([self.out.ip.len()]).collect();
        for ((from, category), to) in self.categories.iter().zip(ends) {
            let Some(category) = category else { continue };
            let rights = self.out.ip.get_mut(*from..to.max(*from)).unwrap_or_default();
            rights.iter_mut().for_each(|right| right.supply(Field::IpCategory, category));
        }
    }
}

/// The category that a heading is made of.
fn category(heading: &Passage) -> Option<Passage> {
    let text = heading.text();
    if is_wider(text, COLUMNS) || !text.contains(['专', '權', '权', '软', '標', '标', '证', '專', '軟', '新'])
    {
        return None;
    }
    let rest = strip_enumerator(text);
    let bare = rest.trim_end_matches(|c: char| c.is_whitespace() || "：:；;。".contains(c));
    let bare = without_count(bare);
    let bare = ["目录", "情况", "清单", "列表", "一览表", "一览", "部分", "类"]
        .iter()
        .find_map(|word| bare.strip_suffix(word))
        .unwrap_or(bare);
    let bare = bare.trim_end();
    static CATEGORIES: LazyLock<HashSet<&str>> = LazyLock::new(|| words("category").collect());
    let is_category = |name: &str| CATEGORIES.contains(name) && !TOO_WIDE.contains(&name);
    let start = if is_category(bare) {
        0
    } else {
        // `此外，项目组取得软件著作权`
        let said = ["取得", "获得", "获", "授权", "拥有", "登记", "已获"];
        let (at, _) = bare.char_indices().rev().find(|&(at, _)| {
            is_category(&bare[at..]) && said.iter().any(|word| bare[..at].ends_with(word))
        })?;
        at
    };
    let from = text.find(bare)? + start;
    Some(heading.slice(from..from + bare.len() - start))
}

/// What may head several categories.
const TOO_WIDE: [&str; 12] = [
    "专利",
    "标准",
    "发明",
    "著作权",
    "版权",
    "专著",
    "指南",
    "教材",
    "国外专利",
    "国内专利",
    "授权专利",
    "国际专利",
];

/// `软件著作权2项`, `软件著作权（2项）`: without how many.
fn without_count(text: &str) -> &str {
    let inner = text.strip_suffix(['）', ')']).unwrap_or(text);
    let Some(counted) = ["项", "件", "个", "部"].iter().find_map(|unit| inner.strip_suffix(unit)) else {
        return text;
    };
    let bare = counted
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c));
    if bare.len() == counted.len() {
        return text;
    }
    bare.trim_end().trim_end_matches(['（', '(', '共', '计']).trim_end()
}
