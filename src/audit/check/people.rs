//! One person in several dossiers.

use std::rc::Rc;

use super::{Case, Held, Observation, Question, or_holds};
use crate::{
    audit::{
        holdings::{Trait, recommenders as scientists},
        works::{shared_papers, shared_rights},
    },
    store::StoreError,
    text::fold_key,
};

/// Compares the contributors with those of the other dossiers of the award and year.
pub(super) fn one_project_a_year(question: &Question<'_>) -> Result<Vec<Observation>, StoreError> {
    let mut found = Vec::new();
    for met in meetings(question, |other| question.is_years_before(other, 0))? {
        let name = &question.case.dossier.contributors[met.own].name;
        let message = format!("需核对：{name}同年度在另一项目中也列为完成人");
        found.push(met.observation(question.case, message));
    }
    let year = question.held.year.map_or(String::new(), |year| format!("{year}年"));
    Ok(or_holds(found, format!("已收录的{year}同奖项材料中，没有同一完成人的其他项目")))
}

/// Compares the contributors with those of the award's earlier projects; whether those won is not printed.
pub(super) fn earlier(question: &Question<'_>) -> Result<Vec<Observation>, StoreError> {
    let years = question.parameters.count("years_back").unwrap_or_default();
    let ranks = question.parameters.count("ranks").unwrap_or_default();
    let recent = |other: &Held| (1..=years).any(|years| question.is_years_before(other, years));
    let mut found = Vec::new();
    for met in meetings(question, recent)? {
        let rank = met.other.dossier.contributors[met.theirs].rank;
        if ranks > 0 && rank.is_none_or(|rank| rank as usize > ranks) {
            continue;
        }
        let name = &question.case.dossier.contributors[met.own].name;
        let year = met.other.year().map_or(String::new(), |year| year.to_string());
        let message = format!("需核对：{name}是{year}年推荐项目的完成人，该项目是否获奖须查获奖名单");
        let rank = rank.map_or("未印".to_owned(), |rank| format!("第{rank}"));
        found.push(met.observation(question.case, message).noting("当年排名", rank));
    }
    Ok(or_holds(found, "已收录的前两年同奖项材料中，没有这些完成人"))
}

/// Counts the scientists who recommend a project, and looks for their other recommendations of the year.
pub(super) fn recommenders(question: &Question<'_>) -> Result<Vec<Observation>, StoreError> {
    let case = question.case;
    let names = scientists(case);
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let least = question.parameters.count("at_least").unwrap_or_default();
    let award = case.dossier.award.as_ref();
    let shown = award.map(|award| {
        let printed = award.recommender.as_deref().unwrap_or_default();
        case.shown("award", &award.provenance, "recommender", printed)
    });
    let shown = shown.unwrap_or_default();
    let mut found = Vec::new();
    if names.len() < least {
        let message = format!("需核对：印出{}位推荐科学家", names.len());
        let observation =
            Observation::to_check(message).comparing("推荐科学家", names.len(), format!("≥{least}"));
        found.push(observation.shown_by(shown.clone()));
    }
    for name in &names {
        for other in question.holdings.sharing(Trait::Recommender, &fold_key(name), case.id()) {
            if !question.is_years_before(other, 0) || !question.is_of_award(other) {
                continue;
            }
            let Some(theirs) = question.load(other)? else { continue };
            let Some(award) = theirs.dossier.award.as_ref().filter(|_| scientists(&theirs).contains(name))
            else {
                continue;
            };
            let printed = award.recommender.as_deref().unwrap_or_default();
            let message = format!("需核对：{name}同年度也推荐另一项目（仅据姓名）");
            let there = theirs.shown("award", &award.provenance, "recommender", printed);
            found.push(Observation::to_check(message).shown_by(shown.clone()).shown_by(there));
        }
    }
    let all = Observation::holds(format!("印出{}位推荐科学家", names.len()));
    let all = all.comparing("推荐科学家", names.len(), format!("≥{least}")).shown_by(shown);
    Ok(if found.is_empty() { vec![all] } else { found })
}

/// A contributor who stands in another dossier too.
struct Meeting {
    own: usize,
    theirs: usize,
    other: Rc<Case>,
    sure: bool,
}

impl Meeting {
    fn observation(&self, case: &Case, message: String) -> Observation {
        let confidence = if self.sure {
            "高：姓名与单位相同"
        } else {
            "中：姓名相同，两项目另有相同的论文或知识产权"
        };
        Observation::to_check(message)
            .noting("是否同一人", confidence)
            .noting("另一项目", self.other.title())
            .shown_by(case.contributor(self.own))
            .shown_by(self.other.contributor(self.theirs))
    }
}

/// Finds the contributors of this dossier in others of the rule's awards: the same record, or the same
/// name where the dossiers share a paper or a right. A name alone joins nobody.
fn meetings(question: &Question<'_>, wanted: impl Fn(&Held) -> bool) -> Result<Vec<Meeting>, StoreError> {
    let case = question.case;
    let mut found = Vec::new();
    for (own, contributor) in case.dossier.contributors.iter().enumerate() {
        let name = fold_key(&contributor.name);
        if name.is_empty() {
            continue;
        }
        let record = case.people.get(own).and_then(Option::as_deref);
        let mut others: Vec<&Held> =
            record.map(|id| question.holdings.sharing(Trait::Person, id, case.id())).unwrap_or_default();
        for other in question.holdings.sharing(Trait::Name, &name, case.id()) {
            if !others.iter().any(|known| known.id == other.id) {
                others.push(other);
            }
        }
        for other in others.into_iter().filter(|other| wanted(other) && question.is_of_award(other)) {
            let Some(other) = question.load(other)? else { continue };
            let same =
                |at: &usize| record.is_some() && other.people.get(*at).and_then(Option::as_deref) == record;
            let indices = || 0..other.dossier.contributors.len();
            let sure = indices().find(same);
            let named = || indices().find(|at| fold_key(&other.dossier.contributors[*at].name) == name);
            let theirs = sure.or_else(|| named().filter(|_| share_a_work(case, &other)));
            if let Some(theirs) = theirs {
                found.push(Meeting { own, theirs, other, sure: sure.is_some() });
            }
        }
    }
    Ok(found)
}

fn share_a_work(one: &Case, two: &Case) -> bool {
    !shared_papers(one, two).is_empty() || !shared_rights(one, two).is_empty()
}
