use super::{Open, Walker, is_prose};
use crate::{
    extract::{
        enumerator::Numbering,
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon, MAX_LABEL},
        listing::listed,
    },
    text::{Passage, boundary, is_han, is_wider},
};

/// A value behind its label, and what the label means.
pub(super) type Labelled = ((Entity, Field), Passage);

/// How labels and their values are read.
impl Walker {
    /// Reads `标签：值`.
    pub(super) fn labelled(&mut self, text: &Passage) -> bool {
        let Some((meanings, value)) = split_at_label(text) else { return false };
        let Some((entity, field)) = self.meaning(&meanings) else { return false };
        let (entity, field) = match (entity, field) {
            // `完成单位：甲医院、乙大学` below people may be the project's.
            (Entity::Contributor, Field::Institution) if self.names_institutions(&value) => {
                (Entity::Dossier, Field::ListedInstitutions)
            }
            other => other,
        };
        // `单位名称：…` above all that is the dossier's: a form's head, or what stands beside a page.
        let of_page = entity == Entity::Institution && self.current == Entity::Dossier;
        if of_page && self.out.dossier.is_empty() && self.out.contributors.is_empty() {
            return false;
        }
        if self.listed_sentences(field, &value) || self.lists_below(field, &value) {
            return true;
        }
        self.finish_item();
        self.numbering = Numbering::of(text.text());
        if is_prose(field) {
            self.set(entity, field, &self.before_ignored(&value));
            return true;
        }
        // `姓名：李明　排名：1　职称：教授`
        self.current = entity;
        let (first, rest) = self.inline(&value);
        self.set(entity, field, &first);
        for (meaning, value) in rest {
            self.set(meaning.0, meaning.1, &value);
        }
        true
    }

    /// Tells whether a list of institutions below people of whom none is told, or one that is counted, is the project's.
    pub(super) fn names_institutions(&self, value: &Passage) -> bool {
        let people = &self.out.contributors;
        // `1.甲医院；2.乙大学` below one whose institution is told.
        let counted = || {
            let names = listed(value, Entity::Institution).filter(|names| names.len() > 1);
            names.is_some_and(|names| names.iter().all(|name| name.has(Field::Rank)))
        };
        let told = people.last().is_some_and(|last| last.has(Field::Institution));
        // Or all have been told of with where they work, and none with another institution.
        let of_none = people.iter().all(|entry| entry.has(Field::Employer) && !entry.has(Field::Institution));
        if people.len() >= 2 && (told || of_none) && self.out.institutions.is_empty() && counted() {
            return true;
        }
        people.len() >= 2
            && !people.iter().any(|entry| entry.has(Field::Institution))
            && people.last().is_some_and(|last| !last.has(Field::Employer) || last.has(Field::Contribution))
            && listed(value, Entity::Institution).is_some()
    }

    /// `…作出贡献。曾获国家科技奖励情况：无。`: prose ends where a label begins whose value is not kept.
    pub(super) fn before_ignored(&self, value: &Passage) -> Passage {
        let text = value.text();
        let ends = text.char_indices().filter(|&(_, c)| matches!(c, '：' | ':')).find_map(|(colon, _)| {
            let near = boundary(text, colon.saturating_sub(MAX_LABEL));
            let start = near
                + text[near..colon]
                    .rfind(['。', '；', ';', ' ', '\u{3000}'])
                    .map(|at| at + text[near + at..].chars().next().map_or(1, char::len_utf8))?;
            let meanings = Lexicon::get().label(&text[start..colon]);
            let ignored = self.meaning(&meanings).is_some_and(|(_, field)| field == Field::Ignored);
            ignored.then_some(start)
        });
        ends.map_or(value.clone(), |end| value.slice(0..end).trimmed())
    }

    /// Parts a value before the further labels that stand in it.
    pub(super) fn inline(&self, value: &Passage) -> (Passage, Vec<Labelled>) {
        inline(value, |meanings| self.meaning(meanings))
    }

    /// `公示期：…` and what closes a web page end the value before them and are none themselves.
    pub(super) fn foot(&mut self, text: &Passage) -> bool {
        if !Lexicon::get().is_foot(text.text()) || self.annexes(text) {
            return false;
        }
        self.finish_item();
        self.open = Open::Nothing;
        self.columns = None;
        self.current = Entity::Dossier;
        self.out.loose.push(text.clone());
        true
    }

    /// `附件：1-1、2-3` below what somebody did names the proofs.
    fn annexes(&self, text: &Passage) -> bool {
        let told = self.open == Open::Field(Entity::Contributor, Field::Contribution);
        let list = text.text().strip_prefix("附件").map(|list| list.trim_start_matches(['：', ':', ' ']));
        told && list.is_some_and(|list| {
            list.starts_with(|c: char| c.is_ascii_digit())
                && list.chars().all(|c| c.is_ascii_digit() || " .-–、，,；;。附件".contains(c))
        })
    }

    /// Chooses what a label means here: a label of several entities belongs to the one being read.
    pub(super) fn meaning(&self, meanings: &[(Entity, Field)]) -> Option<(Entity, Field)> {
        let of = |wanted: Entity| meanings.iter().copied().find(|(entity, _)| *entity == wanted);
        // `创新点：…` is a column of people, and elsewhere a section.
        let first = meanings.first().filter(|(entity, field)| {
            !matches!(entity, Entity::Paper | Entity::Ip) && *field != Field::CreditedClaims
        });
        of(self.current).or_else(|| of(Entity::Dossier)).or(first.copied())
    }
}

/// Parts a value before the further labels that stand in it; `meaning` chooses what a label means.
pub(super) fn inline(
    value: &Passage,
    meaning: impl Fn(&[(Entity, Field)]) -> Option<(Entity, Field)>,
) -> (Passage, Vec<Labelled>) {
    let text = value.text();
    let mut labels: Vec<(usize, usize, (Entity, Field))> = Vec::new();
    for (colon, c) in text.char_indices().filter(|&(_, c)| matches!(c, '：' | ':')) {
        // No label is longer, so a text of colons is not searched from its beginning for each.
        let near = boundary(text, colon.saturating_sub(MAX_LABEL));
        let from = labels.last().map_or(0, |&(_, end, _)| end).max(near);
        let after = |at: usize| at + text[at..].chars().next().map_or(1, char::len_utf8);
        // `年,卷(期):页码：2021,3(2):1`: a label may hold a colon.
        if let Some(last) = labels.last_mut().filter(|last| goes_on(text, last.1, colon))
            && meaning(&Lexicon::get().label(&text[last.0..colon])) == Some(last.2)
        {
            last.1 = after(colon);
            continue;
        }
        let known = |start: usize| Some((start, meaning(&Lexicon::get().label(&text[start..colon]))?));
        // `甲医院（职称：教授）`: a label may stand behind an open bracket.
        let start = text[from..colon].rfind(is_break).map(|at| after(from + at));
        let bracket = |start: usize| text[start..colon].rfind(['（', '(', '【']).map(|at| after(start + at));
        let found = start
            .and_then(known)
            .or_else(|| known(bracket(start.unwrap_or(from))?))
            .or_else(|| spaced_starts(text, from, start?).filter_map(known).last());
        if let Some((start, meaning)) = found {
            let start = whole_label(text, from, start, colon, &meaning);
            labels.push((start, colon + c.len_utf8(), meaning));
        }
    }
    let tidy = |part: Passage| part.trimmed_matches(|c| c.is_whitespace() || ";；，,（(【】|｜".contains(c));
    let numbered = |(start, end, meaning): (usize, usize, (Entity, Field))| {
        // `…李明 2. 论文名称：…`: the number belongs to what it opens.
        let opens = [Field::PaperTitle, Field::IpCategory, Field::IpTitle, Field::Name].contains(&meaning.1);
        let before = text[..start].trim_end();
        let stem = before.strip_suffix(['.', '．', '、']).unwrap_or(before);
        let digits = stem.trim_end_matches(|c: char| c.is_ascii_digit());
        let is = opens && stem.len() < before.len() && (1..=2).contains(&(stem.len() - digits.len()));
        (if is { digits.len() } else { start }, end, meaning)
    };
    let labels: Vec<_> = labels.into_iter().map(numbered).collect();
    let first = tidy(value.slice(0..labels.first().map_or(text.len(), |&(start, ..)| start)));
    let ends = labels.iter().skip(1).map(|&(start, ..)| start).chain([text.len()]);
    let rest =
        labels.iter().zip(ends).map(|(&(_, from, meaning), to)| (meaning, tidy(value.slice(from..to))));
    (first, rest.collect())
}

/// Tells whether a label may begin behind `c`.
fn is_break(c: char) -> bool {
    c.is_whitespace() || ";；,，。、|｜".contains(c)
}

/// Tells whether nothing but a short word stands between two colons.
fn goes_on(text: &str, from: usize, to: usize) -> bool {
    let word = &text[from..to];
    !word.is_empty() && !is_wider(word, 8) && word.chars().all(is_han)
}

/// Where `排    名`, whose last character starts at `last`, may begin: blanks part its single characters.
fn spaced_starts(text: &str, from: usize, last: usize) -> impl Iterator<Item = usize> + '_ {
    let before = move |start: usize| {
        let head = text[from..start].trim_end();
        let c = head.chars().next_back().filter(|&c| is_han(c) && head.len() < start - from)?;
        let at = from + head.len() - c.len_utf8();
        text[from..at].chars().next_back().is_none_or(is_break).then_some(at)
    };
    std::iter::successors(Some(last), move |&start| before(start)).skip(1).take(4)
}

/// Where `年，卷（期）及页码` begins, of which the part behind the comma is a label by itself.
fn whole_label(text: &str, from: usize, start: usize, colon: usize, meaning: &(Entity, Field)) -> usize {
    let Some(head) = text[from..start].strip_suffix(['，', ',', '、', '/']) else { return start };
    let at = from + head.trim_end_matches(is_han).len();
    let is_short = (1..=4).contains(&head[at - from..].chars().count());
    if is_short && Lexicon::get().label(&text[at..colon]).contains(meaning) { at } else { start }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            outline,
            printed::{paragraphs, told},
        },
        *,
    };

    #[test]
    fn a_label_within_a_line_may_hold_a_colon() {
        let line =
            "1. 论文名称：某病的研究；刊名：中华甲杂志；年,卷(期):页码：2020,28(7):932-941；全部作者：陈一";
        let out = outline(&paragraphs(["代表性论文", line]));
        assert_eq!(
            told(&out.papers, [Field::Journal, Field::YearLocator, Field::Authors]),
            ["中华甲杂志 | 2020,28(7):932-941 | 陈一"]
        );
    }

    #[test]
    fn values_in_a_line_may_be_parted_by_commas() {
        let line = "1．姓名：陈一，排名：第1，技术职称：教授、主任医师，工作单位：甲医院，完成单位：甲医院。对本项目的贡献：提出方法，并验证。";
        let out = outline(&paragraphs(["完成人情况", line]));
        let fields = [Field::Name, Field::Rank, Field::Titles, Field::Employer, Field::Contribution];
        let want = "陈一 | 第1 | 教授、主任医师 | 甲医院 | 提出方法，并验证。";
        assert_eq!(told(&out.contributors, fields), [want]);
    }

    #[test]
    fn a_spread_label_may_stand_behind_a_mark() {
        let line = "姓    名：陈  一；排    名：1；职    称：教授；工 作 单 位：甲医院";
        let out = outline(&paragraphs(["主要完成人", line]));
        let fields = [Field::Name, Field::Rank, Field::Titles, Field::Employer];
        assert_eq!(told(&out.contributors, fields), ["陈  一 | 1 | 教授 | 甲医院"]);
    }

    #[test]
    fn institutions_that_are_counted_below_people_are_the_project_s() {
        let people = ["主要完成人", "1. 姓名：陈一", "完成单位：甲医院", "2. 姓名：李二", "完成单位：乙大学"];
        let below = "六、完成单位：1.甲医院（牵头单位）；2.乙大学";
        let out = outline(&paragraphs(people.into_iter().chain([below])));
        assert_eq!(told(&out.institutions, [Field::InstitutionName]), ["甲医院", "乙大学"]);
        assert_eq!(out.contributors[1].get(Field::Institution).map(Passage::text), Some("乙大学"));
    }
}
