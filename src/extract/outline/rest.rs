use super::{Open, Walker, is_prose};
use crate::{
    extract::{
        bare_title::ends_title,
        claim::claims,
        claim_label::{opens_claim, opens_first_claim},
        enumerator::Numbering,
        lexicon::{Entity, Field},
        listing::is_institution_name,
        sentence::is_post,
        surname,
        table::fit,
    },
    text::{Passage, is_han, is_wider},
};

/// How a text goes on behind the line that began it.
impl Walker {
    pub(super) fn current_is_dossier(&self) -> bool {
        matches!(self.open, Open::Field(Entity::Dossier, _))
    }

    /// Leaves the section that is open.
    pub(super) fn leave(&mut self) {
        (self.open, self.columns, self.current) = (Open::Nothing, None, Entity::Dossier);
    }

    /// `年卷页码⏎2022年145卷11期3-9页`: a value below its label, which might be read as a record of its own.
    pub(super) fn value_below(&mut self, text: &Passage) -> bool {
        let Open::Field(entity @ (Entity::Paper | Entity::Ip), field) = self.open else { return false };
        let certain = [Field::YearLocator, Field::GrantNumber, Field::GrantDate];
        if !certain.contains(&field) || fit(field, text.text()) < 1.0 {
            return false;
        }
        let Some(last) = self.last(entity).filter(|last| !last.has(field)) else { return false };
        last.add(field, text);
        true
    }

    /// `项目简介⏎…⏎推荐意见：…⏎创新点1：…`: the first claim behind a recommendation that interrupts a summary without claims
    /// is the summary's.
    fn resume_summary(&mut self, text: &Passage) {
        let value = |field| self.out.dossier.get(field);
        // What is announced, or not yet concluded, goes on. Of several paragraphs one may be a claim already.
        let concludes = |value: &Passage| {
            let last = value.text().trim_end_matches('。').rsplit('。').next().unwrap_or_default();
            !value.text().contains('\n') && value.text().ends_with('。') && is_recommending(last)
        };
        if self.open == Open::Field(Entity::Dossier, Field::Recommendation)
            && self.numbering == Numbering::None
            && opens_first_claim(text.text())
            && value(Field::Recommendation).is_some_and(concludes)
            && value(Field::Summary).is_some_and(|summary| claims(summary).is_empty())
        {
            self.open = Open::Field(Entity::Dossier, Field::Summary);
        }
    }

    /// `科学发现1：…⏎学科分类名称：免疫学⏎科学发现2：…`: a label whose value is not kept stands below each claim.
    fn resume_claims(&mut self, text: &Passage) {
        let is_next = opens_claim(text.text()) && !opens_first_claim(text.text());
        if self.open == Open::Nothing
            && self.current == Entity::Dossier
            && !self.out.claims.is_blank()
            && is_next
        {
            self.open = Open::Claims;
        }
    }

    /// Adds a line to what stands in the last cell of the row before it, where that is not finished: running text, or the name
    /// of an institution that a line end has cut.
    pub(super) fn rest_of_row(&mut self, text: &Passage) -> bool {
        let Some((entity, field)) =
            self.columns.as_ref().and_then(|columns| Some((columns.entity, columns.last()?)))
        else {
            return false;
        };
        // A short line may be the beginning of the next row.
        let goes_on = self.before_table && text.text().contains(['，', '。', '；']);
        let Some(entry) = self.list(entity).last_mut().filter(|entry| entry.has(field)) else { return false };
        let value = entry.get(field);
        let is_cut = match field {
            Field::Contribution => {
                goes_on || value.is_some_and(|value| !value.text().ends_with(['。', '！', '；', '.']))
            }
            Field::Employer | Field::Institution => {
                value.is_some_and(|value| is_rest(field, value, text)) && !is_own_institution(text.text())
            }
            _ => false,
        };
        if is_cut {
            entry.add(field, text);
        }
        is_cut
    }

    /// Adds a text without a label to the value before it.
    pub(super) fn continue_value(&mut self, text: &Passage, continues: bool) {
        self.resume_summary(text);
        self.resume_claims(text);
        // The line before was full, and the next claim begins.
        let continues = continues && !opens_claim(text.text());
        match self.open {
            Open::Nothing => self.out.loose.push(text.clone()),
            Open::Claims if continues => self.out.claims.append_wrapped(text),
            Open::Claims => self.out.claims.append("\n", text),
            Open::Field(entity, field) => {
                let Some(entry) = self.last(entity) else { return self.out.loose.push(text.clone()) };
                if continues
                    || entry
                        .get(field)
                        .filter(|value| !value.is_blank())
                        .is_none_or(|value| is_rest(field, value, text))
                {
                    entry.add(field, text);
                } else if is_prose(field) {
                    entry.add_paragraph(field, text);
                } else {
                    self.out.loose.push(text.clone());
                }
            }
        }
    }
}

/// Tells whether a sentence recommends.
fn is_recommending(sentence: &str) -> bool {
    let lines = include_str!("../data/recommending_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).any(|word| sentence.contains(word))
}

/// Tells whether a line names an institution: 中心 or 附属医院 may be the rest of one, what is longer is one of its own.
fn is_own_institution(line: &str) -> bool {
    is_institution_name(line) && line.trim().chars().count() > 4
}

/// Tells whether a line holds the rest of a name whose last part a line end has cut: one character is never a whole part,
/// and two are none where no family name follows.
fn cuts_name(name: &str, rest: &str) -> bool {
    let Some((_, part)) = name.rsplit_once(['·', '•', '・']) else { return false };
    let count = rest.chars().take(4).count();
    let is_han_alone = !rest.is_empty() && rest.chars().all(is_han);
    is_han_alone
        && match part.chars().take(3).count() {
            1 => count < 4,
            2 => count < 3 && surname(rest).is_none(),
            _ => false,
        }
}

/// Tells whether a line goes on with the short value before it: a Latin title, or a list that has not ended.
pub(super) fn is_rest(field: Field, value: &Passage, text: &Passage) -> bool {
    let (value, text) = (value.text().trim_end(), text.text());
    // What somebody did is one paragraph, unless a sentence has ended.
    if field == Field::Contribution && value.ends_with(is_han) {
        return true;
    }
    // `项目名称  某病的分层筛查与视功能⏎          保护技术的构建及应用`
    if field == Field::Title
        && !ends_title(value)
        && ends_title(text)
        && !text.contains(['。', '；', '：', '，'])
    {
        return true;
    }
    // `姓名：阿依努尔·买⏎买提`
    if field == Field::Name && cuts_name(value, text) {
        return true;
    }
    // `行政职务：慢病管理中心⏎主任`
    if field == Field::Post && !is_post(value) && !is_wider(text, 16) && is_post(&format!("{value}{text}")) {
        return text.chars().all(is_han);
    }
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let is_text = matches!(
        field,
        Field::PaperTitle
            | Field::IpTitle
            | Field::Title
            | Field::Journal
            | Field::Authors
            | Field::CorrespondingAuthors
    );
    // `…视网膜病变⏎的防治体系`
    let goes_on = matches!(field, Field::Title | Field::PaperTitle | Field::IpTitle)
        && (text.starts_with(['的', '与', '及', '和', '中', '之'])
            || value.ends_with(['的', '与', '及', '和', '、']));
    let latin = is_text
        && value.ends_with(|c: char| is_latin(c) || "-,:".contains(c))
        && text.starts_with(is_latin)
        && value.contains(' ')
        && !text.contains(is_han);
    let is_institution =
        matches!(field, Field::Employer | Field::Institution | Field::InstitutionName | Field::Recommender)
            && !is_institution_name(value)
            && is_institution_name(&format!("{value}{text}"));
    latin || goes_on || is_institution || value.ends_with(['，', '、', '；', '（', '('])
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            outline,
            printed::{paragraphs, table, told},
        },
        *,
    };
    use crate::source::Block;

    #[test]
    fn a_name_in_the_last_cell_goes_on_below_the_row() {
        for (cell, rest, want) in [
            ("甲州地方病预防控制", "所", "甲州地方病预防控制所"),
            ("甲州疾病预防控制", "中心", "甲州疾病预防控制中心"),
            ("甲省疾控", "联系单位甲省人民医院", "甲省疾控"),
            ("乙医科大学附属", "甲省人民医院", "乙医科大学附属"),
        ] {
            let mut blocks = paragraphs(["主要完成人情况"]);
            blocks.push(Block::Table(table(&format!("姓名|排名|职称|完成单位\n陈一|1|教授|{cell}"))));
            blocks.extend(paragraphs([rest]));
            blocks.push(Block::Table(table("李二|2|讲师|乙大学")));
            blocks.extend(paragraphs(["公示期为一周。"]));
            let read = told(&outline(&blocks).contributors, [Field::Name, Field::Institution]);
            assert_eq!(read, [format!("陈一 | {want}"), "李二 | 乙大学".to_owned()], "{rest}");
        }
    }

    #[test]
    fn a_label_below_each_claim_ends_none() {
        let lines = [
            "二、重要科学发现",
            "重要科学发现1：发现甲。",
            "学科分类名称：免疫学",
            "重要科学发现2：揭示乙。",
        ];
        assert_eq!(
            outline(&paragraphs(lines)).claims.text(),
            "重要科学发现1：发现甲。\n重要科学发现2：揭示乙。"
        );
        let lines = ["二、重要科学发现", "重要科学发现1：发现甲。", "任务来源：自选", "其他说明。"];
        assert_eq!(outline(&paragraphs(lines)).claims.text(), "重要科学发现1：发现甲。");
    }

    #[test]
    fn claims_behind_a_recommendation_within_a_summary_are_the_summary_s() {
        let read = |lines: &[&str]| {
            let out = outline(&paragraphs(lines.iter().copied()));
            [Field::Summary, Field::Recommendation]
                .map(|field| out.dossier.get(field).map_or("", Passage::text).to_owned())
        };
        let (first, second) = ("创新点（1）：提出甲。", "创新点（2）：提出乙。");
        assert_eq!(
            read(&["五、项目简介", "某病常见。", "推荐意见：同意推荐。", first, "甲的细节。", second]),
            ["某病常见。\n创新点（1）：提出甲。\n甲的细节。\n创新点（2）：提出乙。", "同意推荐。"]
        );
        let announced =
            ["项目简介", "某病多发，危害严重。", "推荐意见", "该项目主要创新如下：", first, second];
        let got = read(&[&announced[..], &["推荐该项目申报一等奖。"]].concat());
        assert_eq!(got[0], "某病多发，危害严重。");
        assert!(got[1].ends_with("推荐该项目申报一等奖。"), "{got:?}");
        let praised = ["项目简介", "某病多发。", "推荐意见：该项目有创新。", first, second, "同意推荐。"];
        assert_eq!(read(&praised)[0], "某病多发。");
        let own = "同意推荐。\n创新点（1）：提出甲。\n创新点（2）：提出乙。";
        for lines in [
            &["五、项目简介", "某病常见。", "六、推荐意见", "同意推荐。", first, second][..],
            &["五、项目简介", "某病常见。", first, second, "推荐意见：同意推荐。", first, second],
        ] {
            assert_eq!(read(lines)[1], own, "{lines:?}");
        }
    }
}
