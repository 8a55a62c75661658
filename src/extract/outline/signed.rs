use super::{Open, Walker};
use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon},
        listing::is_institution_name,
    },
    source::Block,
    text::{Passage, is_han, is_wider, parse_date},
};

/// No name in a signature is wider.
const COLUMNS: usize = 60;

/// How a notice is signed.
impl Walker {
    /// `甲医院科研处⏎2024年5月13日`, on two lines or one: whose notice it is ends the value before.
    pub(super) fn signature(&mut self, text: &Passage, next: &[Block]) -> bool {
        let line = text.text().trim();
        if is_wider(line, COLUMNS) || matches!(next.first(), Some(Block::Table(_))) {
            return false;
        }
        let dated = |block: Option<&Block>| match block {
            Some(Block::Paragraph { text, .. }) => is_date(text.text()),
            _ => false,
        };
        let is_signature = match date_at(line) {
            Some(0) => self.is_finished() && !self.waits_for_date(next.first()),
            Some(at) => is_office(line[..at].trim()),
            None => is_office(line) && (dated(next.first()) || self.ends_notice(line, next.first())),
        };
        if !is_signature {
            return false;
        }
        self.finish_item();
        self.finish_row();
        (self.open, self.columns, self.current) = (Open::Nothing, None, Entity::Dossier);
        self.out.loose.push(text.clone());
        true
    }

    /// `甲医院科研处` in the last line, behind what somebody did: an office that signs without a date.
    fn ends_notice(&mut self, line: &str, next: Option<&Block>) -> bool {
        let is_last = match next {
            Some(Block::Paragraph { text, .. }) => Lexicon::get().is_foot(text.text()),
            Some(_) => false,
            None => true,
        };
        let Open::Field(entity, Field::Contribution) = self.open else { return false };
        let value = self.last(entity).and_then(|entry| entry.get(Field::Contribution));
        let is_told = value.is_some_and(|value| value.text().ends_with(['。', '！', '；', '.']));
        let mut ends = line.char_indices().map(|(at, _)| at).skip(3);
        is_last && is_told && !is_institution_name(line) && ends.any(|at| is_institution_name(&line[..at]))
    }

    /// Tells whether nothing waits for a date: no label without a value.
    fn is_finished(&mut self) -> bool {
        match self.open {
            Open::Field(entity, field) => self.last(entity).is_some_and(|entry| entry.has(field)),
            _ => true,
        }
    }
}

fn is_date(text: &str) -> bool {
    date_at(text.trim()) == Some(0)
}

/// Where the day begins with which a line ends.
fn date_at(line: &str) -> Option<usize> {
    if is_wider(line, COLUMNS) {
        return None;
    }
    let starts = line.char_indices().filter(|&(_, c)| matches!(c, '1' | '2' | '１' | '２' | '二'));
    let mut starts = starts.map(|(at, _)| at);
    starts.find(|&at| parse_date(&line[at..]).is_some_and(|date| date.day.is_some()))
}

/// `甲医院科研处`, `甲大学科学技术研究院（盖章）`, `科研部`: an institution or a part of one, and nothing said of it.
fn is_office(line: &str) -> bool {
    const PARTS: [&str; 9] = ["处", "部", "科", "办", "办公室", "课题组", "项目组", "秘书处", "科研外事科"];
    let name = line
        .strip_suffix(['）', ')'])
        .and_then(|line| line.rsplit_once(['（', '(']))
        .map_or(line, |parts| parts.0);
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let is_name = name.chars().all(|c| is_han(c) || c.is_alphanumeric() || "（）()·".contains(c));
    let is_part = PARTS.iter().any(|part| name.ends_with(part)) && name.chars().count() >= 3;
    is_name && (is_part || is_institution_name(&name)) && Lexicon::get().label(&name).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::outline::outline;

    #[test]
    fn who_signs_is_no_part_of_the_value_before() {
        for (signature, is) in [
            (&["甲大学附属医院科研处", "2024年5月13日"][..], true),
            (&["甲大学附属医院（盖章）", "二〇二四年五月十三日"], true),
            (&["甲医院科研部　2024-05-13"], true),
            (&["2024年5月13日"], true),
            (&["甲大学附属医院科研处"], true),
            (&["甲医院科教部", "上一篇：没有了"], true),
            (&["资料存于", "甲医院科研处"], false),
            (&["负责乙地的推广", "并组织培训。"], false),
            (&["推广到甲医院"], false),
        ] {
            let lines = ["主要完成单位及贡献", "1. 甲医院", "主要贡献：组织实施。"];
            let block = |(at, line): (usize, &&str)| Block::Paragraph {
                text: Passage::new(line, at * 200),
                continues: false,
            };
            let blocks: Vec<Block> = lines.iter().chain(signature).enumerate().map(block).collect();
            let out = outline(&blocks);
            let value = out.institutions[0].get(Field::Contribution).map_or("", Passage::text);
            assert_eq!(value == "组织实施。", is, "{signature:?}: {value}");
        }
    }
}
