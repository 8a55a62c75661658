use super::Walker;
use crate::{
    extract::{
        lexicon::{Entity, Lexicon},
        spaced::{gaps, has_gap},
    },
    source::Block,
    text::Passage,
};

/// Fields side by side that stand in lines.
impl Walker {
    /// `项目名称　　推荐单位` above the line of their values: the fields of the dossier.
    pub(super) fn dossier_lines(&mut self, text: &Passage, next: Option<&Block>) -> bool {
        let first = text.text().split_whitespace().next().unwrap_or_default();
        let is_dossier =
            |text: &str| Lexicon::get().label(text).iter().any(|(entity, _)| *entity == Entity::Dossier);
        if !has_gap(text.text()) || !is_dossier(first) {
            return false;
        }
        let Some(Block::Paragraph { text: values, .. }) = next else { return false };
        self.dossier_columns(&[gaps(text), gaps(values)]) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::outline;
    use crate::{extract::lexicon::Field, source::Block, text::Passage};

    #[test]
    fn fields_side_by_side_are_read_from_lines() {
        let lines = ["项目名称      推荐单位    联系人", "某病的研究    甲省医学会    陈一", "正文　在此"];
        let block = |(at, line): (usize, &&str)| Block::Paragraph {
            text: Passage::new(line, at * 200),
            continues: false,
        };
        let blocks: Vec<Block> = lines.iter().enumerate().map(block).collect();
        let out = outline(&blocks);
        let value = |field| out.dossier.get(field).map(Passage::text);
        assert_eq!(
            [value(Field::Title), value(Field::Recommender)],
            [Some("某病的研究"), Some("甲省医学会")]
        );
        assert_eq!(out.loose.len(), 1);
    }
}
