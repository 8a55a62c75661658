use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    rc::Rc,
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError},
    thread::sleep,
    time::{Duration, Instant},
};

use thiserror::Error;

use super::{
    Finding, Outcome, Severity,
    answer::answer,
    case::Case,
    check::Load,
    holdings::{Held, Holdings},
    rules::{Rule, rules},
    state::{Mark, State},
};
use crate::{
    domain::{Dossier, DossierKind},
    resolve::resolve,
    store::{Page, Store, StoreError},
};

/// How long, and how often, a question waits while what is kept is being looked through.
const PATIENCE: Duration = Duration::from_millis(1500);
const BREATH: Duration = Duration::from_millis(10);

/// Why an audit could not be given.
#[derive(Debug, Error)]
pub enum AuditError {
    /// The record failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Much has changed and is being looked through.
    #[error("the dossiers are being compared with each other; try again in a few seconds")]
    Busy,
}

/// Which findings are wanted; all that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingFilter {
    /// Id of the dossier.
    pub dossier: Option<String>,
    /// Number of the rule.
    pub rule: Option<String>,
    /// How much hangs on the rule.
    pub severity: Option<Severity>,
    /// What the comparison says.
    pub outcome: Option<Outcome>,
    /// How many items at most; 20 where nothing else is asked.
    pub limit: usize,
    /// How many items to pass over.
    pub offset: usize,
}

impl Default for FindingFilter {
    fn default() -> Self {
        Self { dossier: None, rule: None, severity: None, outcome: None, limit: 20, offset: 0 }
    }
}

impl FindingFilter {
    /// Tells whether a finding is wanted, whatever its dossier.
    pub fn wants(&self, finding: &Finding) -> bool {
        self.fits(&finding.rule, finding.severity, finding.outcome)
    }

    fn fits(&self, rule: &str, severity: Severity, outcome: Outcome) -> bool {
        self.rule.as_ref().is_none_or(|asked| asked == rule)
            && self.severity.is_none_or(|asked| asked == severity)
            && self.outcome.is_none_or(|asked| asked == outcome)
    }
}

/// Audits kept dossiers, and remembers what it found as long as the record does not change.
///
/// Of every dossier it holds the numbers by which others find it, and of every finding a few bytes: findings
/// are written out again when they are asked for. After a change, only the changed dossiers are asked again,
/// and those that share something with them.
#[derive(Debug, Default)]
pub struct Auditor {
    state: RwLock<State>,
}

impl Auditor {
    /// Audits one kept dossier among all; `None` where there is none of this id. An article has no findings.
    ///
    /// # Errors
    /// Where the record cannot answer, or much of it is just being looked through.
    pub fn of(&self, store: &Store, id: &str) -> Result<Option<Vec<Finding>>, AuditError> {
        let state = self.current(store)?;
        let cases = Cases::of(store);
        let Some(case) = cases.get(id)? else { return Ok(None) };
        Ok(Some(findings(state.holdings(), &case, &|id| cases.get(id))?))
    }

    /// Audits a dossier that is not kept, among those that are.
    ///
    /// # Errors
    /// As for [`Self::of`].
    pub fn of_new(&self, store: &Store, dossier: &Dossier, text: &str) -> Result<Vec<Finding>, AuditError> {
        let keys = resolve(dossier).contributors;
        let record = |key: Option<&str>| key.map_or(Ok(None), |key| store.person_with_key(key));
        let people = keys.iter().map(|links| record(links.person.as_ref().map(|person| person.key.as_str())));
        let people = people.collect::<Result<_, _>>()?;
        let case = Case::new(dossier.clone(), text.to_owned(), people);
        let (state, cases) = (self.current(store)?, Cases::of(store));
        findings(state.holdings(), &case, &|id| cases.get(id))
    }

    /// Lists findings in all dossiers: by outcome, severity, rule and dossier.
    ///
    /// # Errors
    /// As for [`Self::of`].
    pub fn list(&self, store: &Store, filter: &FindingFilter) -> Result<Page<Finding>, AuditError> {
        self.settle(store)?;
        let (state, cases) = (self.read()?, Cases::of(store));
        let all = rules();
        let wanted = |mark: &&Mark| {
            let rule = &all[usize::from(mark.rule)];
            filter.fits(&rule.id, mark.severity, mark.outcome)
        };
        let total = state.marks().iter().filter(wanted).count() as u64;
        let mut items = Vec::new();
        let mut last: Option<(u32, u16, Vec<Finding>)> = None;
        for mark in state.marks().iter().filter(wanted).skip(filter.offset).take(filter.limit) {
            let known = last
                .as_ref()
                .is_some_and(|(dossier, rule, _)| (*dossier, *rule) == (mark.dossier, mark.rule));
            if !known {
                let written = written(&state, &cases, mark.dossier, &all[usize::from(mark.rule)])?;
                last = Some((mark.dossier, mark.rule, written));
            }
            let written = last.as_ref().and_then(|(_, _, findings)| findings.get(usize::from(mark.nth)));
            items.extend(written.cloned());
        }
        Ok(Page { total, items })
    }

    /// Looks through what has changed, so that later questions need not wait.
    ///
    /// # Errors
    /// As for [`Self::of`].
    pub fn settle(&self, store: &Store) -> Result<(), AuditError> {
        loop {
            let state = self.current(store)?;
            if state.is_settled() {
                return Ok(());
            }
            let (pending, cases) = (state.pending(), Cases::of(store));
            let mut asked = Vec::with_capacity(pending.len());
            for (id, seq) in pending {
                let marks = match cases.get(&id)? {
                    Some(case) => marks(&state, &cases, &case)?,
                    None => Vec::new(),
                };
                asked.push((id, seq, marks));
            }
            drop(state);
            self.write()?.settle(asked);
        }
    }

    /// The state, with every kept dossier in it as it is now.
    fn current(&self, store: &Store) -> Result<RwLockReadGuard<'_, State>, AuditError> {
        loop {
            let state = self.read()?;
            if state.seq() == store.last_change()? {
                return Ok(state);
            }
            drop(state);
            let mut state = self.write()?;
            let changes = store.changes_since(state.seq())?;
            let Some(last) = changes.last().map(|change| change.seq) else { continue };
            let mut held = Vec::new();
            let ids: BTreeSet<String> = changes.into_iter().map(|change| change.document_id).collect();
            for id in ids {
                let case = load(store, &id)?;
                let dossier = case.filter(|case| case.dossier.kind == DossierKind::Dossier);
                held.push((id, dossier.map(|case| Held::new(&case))));
            }
            state.take_in(held, last);
        }
    }

    fn read(&self) -> Result<RwLockReadGuard<'_, State>, AuditError> {
        patiently(|| match self.state.try_read() {
            Ok(state) => Some(state),
            Err(TryLockError::Poisoned(state)) => Some(state.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        })
    }

    fn write(&self) -> Result<RwLockWriteGuard<'_, State>, AuditError> {
        patiently(|| match self.state.try_write() {
            Ok(state) => Some(state),
            Err(TryLockError::Poisoned(state)) => Some(PoisonError::into_inner(state)),
            Err(TryLockError::WouldBlock) => None,
        })
    }
}

fn patiently<T>(take: impl Fn() -> Option<T>) -> Result<T, AuditError> {
    let end = Instant::now() + PATIENCE;
    loop {
        match take() {
            Some(taken) => return Ok(taken),
            None if Instant::now() < end => sleep(BREATH),
            None => return Err(AuditError::Busy),
        }
    }
}

/// How many dossiers are kept at hand while questions are answered.
const AT_HAND: usize = 256;

/// Dossiers that were read for one run of questions: those that share something are compared again and again.
struct Cases<'s> {
    store: &'s Store,
    known: RefCell<HashMap<String, Rc<Case>>>,
}

impl<'s> Cases<'s> {
    fn of(store: &'s Store) -> Self {
        Self { store, known: RefCell::default() }
    }

    fn get(&self, id: &str) -> Result<Option<Rc<Case>>, StoreError> {
        if let Some(known) = self.known.borrow().get(id) {
            return Ok(Some(Rc::clone(known)));
        }
        let Some(case) = load(self.store, id)?.map(Rc::new) else { return Ok(None) };
        let mut known = self.known.borrow_mut();
        if known.len() >= AT_HAND {
            known.clear();
        }
        known.insert(id.to_owned(), Rc::clone(&case));
        Ok(Some(case))
    }
}

/// Reads a kept dossier with all that checks look at.
fn load(store: &Store, id: &str) -> Result<Option<Case>, StoreError> {
    let (Some(dossier), Some(text)) = (store.dossier(id)?, store.source_text(id)?) else { return Ok(None) };
    let mut people = vec![None; dossier.contributors.len()];
    for (position, person) in store.people_of(id)? {
        if let Some(place) = people.get_mut(position) {
            *place = Some(person);
        }
    }
    Ok(Some(Case::new(dossier, text, people)))
}

/// Audits a dossier by itself, where no others are kept.
///
/// # Errors
/// None that is known: nothing is read.
pub fn audit_alone(dossier: &Dossier, text: &str) -> Result<Vec<Finding>, AuditError> {
    let people = vec![None; dossier.contributors.len()];
    let case = Case::new(dossier.clone(), text.to_owned(), people);
    findings(&Holdings::default(), &case, &|_| Ok(None))
}

/// Answers every rule for a dossier.
fn findings(holdings: &Holdings, case: &Case, load: Load<'_>) -> Result<Vec<Finding>, AuditError> {
    if case.dossier.kind != DossierKind::Dossier {
        return Ok(Vec::new());
    }
    let held = Held::new(case);
    let mut findings = Vec::new();
    for rule in rules() {
        findings.extend(answer(rule, case, &held, holdings, load)?);
    }
    findings.sort_by_key(|finding| (finding.outcome, finding.severity));
    Ok(findings)
}

/// What is remembered of the answers for a kept dossier.
fn marks(state: &State, cases: &Cases<'_>, case: &Case) -> Result<Vec<Mark>, AuditError> {
    let Some(dossier) = state.holdings().place(case.id()) else { return Ok(Vec::new()) };
    let held = Held::new(case);
    let mut marks = Vec::new();
    for (rule, asked) in (0..).zip(rules()) {
        let answers = answer(asked, case, &held, state.holdings(), &|id| cases.get(id))?;
        marks.extend((0..).zip(answers).map(|(nth, finding)| Mark {
            outcome: finding.outcome,
            severity: finding.severity,
            rule,
            dossier,
            nth,
        }));
    }
    Ok(marks)
}

/// Answers one rule again for a dossier that is held.
fn written(state: &State, cases: &Cases<'_>, dossier: u32, rule: &Rule) -> Result<Vec<Finding>, AuditError> {
    let Some(held) = state.holdings().at_place(dossier) else { return Ok(Vec::new()) };
    match cases.get(&held.id)? {
        Some(case) => Ok(answer(rule, &case, held, state.holdings(), &|id| cases.get(id))?),
        None => Ok(Vec::new()),
    }
}

#[cfg(test)]
#[path = "auditor_tests.rs"]
mod tests;
