use super::{Walker, deeds::is_remark};
use crate::{
    extract::{
        claim_label::opens_claim,
        entry::Entry,
        enumerator::{Numbering, strip_enumerator},
        label::split_at_label,
        lexicon::{Entity, Field},
        listing::is_institution_name,
        sentence::is_deed,
    },
    source::Block,
    text::Passage,
};

/// How what an institution did is read below its name.
impl Walker {
    /// A paragraph right below the line that names an institution, or below the first of such paragraphs. People have facts
    /// beside what they did, so that a paragraph is not taken whole.
    pub(super) fn deed(&mut self, text: &Passage, follows_name: bool, next: Option<&Block>) -> bool {
        if !follows_name || self.current != Entity::Institution || self.name_field().is_none() {
            return false;
        }
        let line = text.text();
        let says = is_deed(line) && line.contains(['，', '。', '；']);
        let is_sentence =
            line.ends_with('。') && !is_remark(line) && !opens_claim(line) && split_at_label(text).is_none();
        let Some((last, others)) = self.out.institutions.split_last_mut() else { return false };
        let name_of = |entry: &Entry| {
            entry.get(Field::InstitutionName).map_or_else(String::new, |name| name.text().to_owned())
        };
        let told = |entry: &Entry| entry.has(Field::Contribution);
        if told(last) {
            let goes_on = says || line.split('，').any(opens_with_institution) || names_institution(next);
            if is_sentence && goes_on {
                last.add_paragraph(Field::Contribution, text);
                self.just_named = true;
            }
            return is_sentence && goes_on;
        }
        if !says {
            // `其中，甲医院为牵头单位，乙大学负责…`
            let names = |other: &Entry| !name_of(other).is_empty() && line.contains(&name_of(other));
            // `医院为某病诊疗中心，…。`: whatever its verb is, a sentence says what the institution is there for.
            let is_told = opens_with_institution(line)
                || !name_of(last).is_empty() && line.starts_with(&name_of(last))
                || names_institution(next)
                || !others.is_empty() && others.iter().all(told);
            if !is_sentence || !line.contains('，') || !is_told || others.iter().any(names) {
                return false;
            }
            // It may take several paragraphs.
            self.just_named = true;
        }
        last.add(Field::Contribution, text);
        true
    }
}

/// Tells whether a clause opens with what an institution calls itself.
fn opens_with_institution(clause: &str) -> bool {
    let lines =
        include_str!("../data/institution_openings.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).any(|word| clause.starts_with(word))
}

/// Tells whether the next institution of a list follows: `（二）乙大学`.
fn names_institution(next: Option<&Block>) -> bool {
    let Some(Block::Paragraph { text, .. } | Block::Heading { text, .. }) = next else { return false };
    Numbering::of(text.text()) != Numbering::None && is_institution_name(strip_enumerator(text.text()))
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, told},
    };
    use super::*;

    #[test]
    fn what_an_institution_did_may_take_several_paragraphs() {
        let out = outline(&paragraphs([
            "主要完成单位情况",
            "（一）甲医院",
            "医院为某病诊疗中心，开设专病门诊，全面负责方案。",
            "此外，医院每年举办培训班。",
            "两科室共用一个平台，专人回访。",
            "（二）丙研究所",
            "依托某病重点学科，收集样本。",
            "（三）乙大学",
            "学校组织团队，支持创新点1。",
            "公示期：2024年1月1日至7日",
        ]));
        assert_eq!(
            told(&out.institutions, [Field::InstitutionName, Field::Contribution]),
            [
                "甲医院 | 医院为某病诊疗中心，开设专病门诊，全面负责方案。\n此外，医院每年举办培训班。\n两科室共用一个平台，专人回访。",
                "丙研究所 | 依托某病重点学科，收集样本。",
                "乙大学 | 学校组织团队，支持创新点1。"
            ]
        );
    }

    #[test]
    fn what_follows_a_list_of_institutions_is_nobody_s_deed() {
        for rest in [
            &["其中，甲医院为牵头单位，乙大学提供平台。"][..],
            &["如有不同意见，请于2024年5月7日前与科技处沟通。", "请各科室认真核对，逾期不予受理。"],
            &["经审查，该项目符合申报条件，同意推荐。"],
            &["近五年，各完成单位共同承担国家课题2项。"],
            &["陈一与李二为师生关系，自2012年起合作研究。"],
            &["依据《甲省科学技术奖励办法》，本项目拟推荐一等奖。"],
            &["该项目围绕某病的早期诊断，建立了甲方法。", "创新点1：建立甲方法。", "创新点2：提出乙策略。"],
        ] {
            let list = ["主要完成单位", "1. 甲医院", "2. 乙大学"].into_iter();
            let out = outline(&paragraphs(list.chain(rest.iter().copied())));
            assert!(out.institutions.iter().all(|entry| !entry.has(Field::Contribution)), "{rest:?}");
            let told_before = ["主要完成单位", "1. 甲医院", "2. 乙大学", "学校组织团队，支持研究。"];
            let out =
                outline(&paragraphs(told_before.into_iter().chain(rest[rest.len() / 2..].iter().copied())));
            assert_eq!(
                out.institutions[1].get(Field::Contribution).map_or("", Passage::text),
                "学校组织团队，支持研究。",
                "{rest:?}"
            );
        }
    }
}
