use super::{Open, Walker, is_prose};
use crate::text::{Passage, is_wider};

/// No heading of such a part is wider.
const COLUMNS: usize = 44;

/// What stands behind the lists of a notice, and says nothing of them.
impl Walker {
    /// `承 诺 书`, `评审委员会投票结果`: who signs or was voted on is listed already.
    pub(super) fn closing(&mut self, text: &Passage) -> bool {
        if !is_closing(text.text()) {
            return false;
        }
        self.finish_item();
        self.finish_row();
        self.leave();
        self.is_closed = true;
        self.out.loose.push(text.clone());
        true
    }

    /// `注：…` below a table is none of its last row.
    pub(super) fn note(&mut self, text: &Passage) -> bool {
        let rest = ["注", "註", "备注", "備註", "附注", "说明", "說明"]
            .iter()
            .find_map(|word| text.text().strip_prefix(word))
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '));
        let within = match self.open {
            Open::Claims => true,
            Open::Field(_, field) => is_prose(field) && self.columns.is_none() && self.current_is_dossier(),
            Open::Nothing => false,
        };
        if within || !rest.is_some_and(|rest| rest.starts_with(['：', ':'])) {
            return false;
        }
        self.finish_item();
        self.finish_row();
        self.open = Open::Nothing;
        self.out.loose.push(text.clone());
        true
    }
}

/// Tells whether a line is the heading of a pledge, a vote or a list of signatures.
pub(super) fn is_closing(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "承诺书",
        "承诺函",
        "承诺",
        "投票结果",
        "表决结果",
        "评议结果",
        "投票情况",
        "表决情况",
        "签字表",
        "签名表",
        "知情同意书",
        "诚信声明",
    ];
    if is_wider(text, COLUMNS) || !text.contains(['承', '投', '表', '评', '签', '知', '诚']) {
        return false;
    }
    let key: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let key = key.trim_end_matches(['：', ':']);
    WORDS.iter().any(|word| key.ends_with(word)) && !key.contains(['，', '。', '；', '：', ':', '、'])
}
