use super::*;
use crate::{
    domain::{Dossier, Provenance},
    store::{
        NewDocument,
        sample::{Sample, empty_store},
    },
};

/// An invented dossier whose text is put together here, so that every span points at what was printed.
struct Printed {
    text: String,
    dossier: Dossier,
}

impl Printed {
    fn new(sample: Sample) -> Self {
        Self { text: String::new(), dossier: sample.build() }
    }

    fn print(&mut self, field: &str, text: &str) -> Provenance {
        let start = self.text.len();
        self.text.push_str(text);
        self.text.push('\n');
        let spans = vec![Span::new(start, start + text.len())];
        Provenance { spans: [(field.to_owned(), spans)].into(), ..Provenance::default() }
    }

    fn contribution(mut self, person: usize, text: &str) -> Self {
        let provenance = self.print("contribution", text);
        let own = &mut self.dossier.contributors[person];
        own.contribution = Some(text.to_owned());
        own.provenance = provenance;
        self
    }

    fn claim_text(mut self, claim: usize, text: &str) -> Self {
        let provenance = self.print("text", text);
        let own = &mut self.dossier.claims[claim];
        own.text = text.to_owned();
        own.provenance = provenance;
        self
    }
}

fn printed() -> Printed {
    let sample = Sample::new("一术")
        .claim(1, "首创甲")
        .claim(2, "首创乙")
        .claim(3, "首创丙")
        .institution("甲医院", "", &[1])
        .person("陈一", "甲医院", &[1, 7])
        .person("林二", "甲医院", &[2])
        .person("王五", "甲医院", &[])
        .paper("On A", "Journal A", &["外人", "陈一"])
        .paper("On B", "Journal B", &["外人"])
        .ip("一种甲", &["林二"]);
    let mut printed = Printed::new(sample);
    printed.dossier.papers[0].number = Some(1);
    printed.dossier.papers[1].number = Some(2);
    printed.dossier.ip[0].grant_number = Some("ZL201710123456.0".to_owned());
    printed
        .contribution(0, "负责设计。对创新点1作出贡献；对创新点7作出贡献，见论文2。")
        .contribution(1, "对创新点2作出贡献。")
        .contribution(2, "做了事。")
        .claim_text(0, "首创甲，专利ZL201710123456.0。")
}

#[test]
fn every_tie_has_its_evidence_in_the_source() {
    let (_dir, store) = empty_store();
    let Printed { text, dossier } = printed();
    let kept = store.put(&NewDocument { bytes: b"1", text: &text, dossier: &dossier }).expect("kept");
    let matrix = store.matrix(&kept.id).expect("answer").expect("there");
    let slice = |span: Option<Span>| span.and_then(|span| text.get(span.start..span.end));

    let numbers: Vec<_> = matrix.claims.iter().map(|claim| (claim.number, claim.defined)).collect();
    assert_eq!(numbers, [(1, true), (2, true), (3, true), (7, false)]);
    let first = &matrix.claims[0];
    let [credit] = &first.contributors[..] else { panic!("one contributor: {first:?}") };
    assert_eq!((credit.who.name.as_str(), credit.rank), ("陈一", Some(1)));
    assert_eq!(credit.text.as_deref(), Some("对创新点1作出贡献；"));
    assert_eq!(slice(credit.span), credit.text.as_deref());
    assert_eq!(first.institutions.len(), 1);

    let ties = |ties: &[WorkTie]| {
        ties.iter().map(|tie| (tie.work.title.clone(), tie.by.join("+"))).collect::<Vec<_>>()
    };
    assert_eq!(ties(&first.papers), [("On A".to_owned(), "people".to_owned())]);
    assert_eq!(ties(&first.ip), [("一种甲".to_owned(), "cited".to_owned())]);
    assert_eq!(slice(first.ip[0].span), Some("ZL201710123456.0"));
    let seventh = &matrix.claims[3];
    let want = [("On A", "people"), ("On B", "cited")].map(|(title, by)| (title.to_owned(), by.to_owned()));
    assert_eq!(ties(&seventh.papers), want);
    assert_eq!(slice(seventh.papers[1].span), Some("论文2"));
    assert_eq!(matrix.papers[1].claims, [7]);
    assert_eq!(matrix.ip[0].claims, [1, 2]);
}

#[test]
fn what_no_tie_reaches_is_marked() {
    let (_dir, store) = empty_store();
    let Printed { text, dossier } = printed();
    let kept = store.put(&NewDocument { bytes: b"1", text: &text, dossier: &dossier }).expect("kept");
    let orphans = store.matrix(&kept.id).expect("answer").expect("there").orphans;
    assert_eq!(orphans.uncredited_claims, [3]);
    let [undefined] = &orphans.undefined_claims[..] else { panic!("one: {orphans:?}") };
    assert_eq!((undefined.number, undefined.credited_by[0].name.as_str()), (7, "陈一"));
    let span = undefined.span.expect("printed");
    assert_eq!(&text[span.start..span.end], "对创新点7作出贡献，见论文2。");
    assert_eq!(orphans.contributors.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["王五"]);
    assert_eq!(orphans.papers.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["On B"]);
    assert!(orphans.ip.is_empty() && !orphans.is_empty());
    assert_eq!(store.matrix("d0").expect("answer"), None);
}
