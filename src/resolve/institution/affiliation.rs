use std::ops::Range;

use super::{
    name::{Split, names_of},
    piece::{Piece, pieces},
    place,
    words::{ends_as_school, heads, is_address, is_department, is_department_school},
};
use crate::text::{Folded, fold, fold_key};

/// A printed affiliation, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Affiliation {
    /// In the order of the text; where nothing reads as a name, the whole text is one.
    pub institutions: Vec<NamedInstitution>,
    /// Provinces and cities that stand beside the names.
    pub places: Vec<&'static str>,
}

/// An institution that an affiliation names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedInstitution {
    /// As printed, without what stands around it.
    pub name: String,
    /// Bytes of the affiliation.
    pub range: Range<usize>,
    /// Department, ward or campus beside it, as printed.
    pub department: Option<String>,
    /// Names in brackets behind it, as printed.
    pub bracketed: Vec<String>,
}

impl NamedInstitution {
    /// The body that is named: a school with its university, which signs for itself where it is a body of its own.
    pub(super) fn body(&self) -> String {
        let school =
            self.department.as_deref().filter(|department| is_department_school(&fold_key(department)));
        format!("{}{}", self.name, school.unwrap_or_default())
    }
}

/// Longer texts are no affiliation, in characters; what stands behind is not read.
const LONGEST: usize = 400;

/// Reads a printed affiliation: tells the names of institutions from departments, addresses and numbers.
///
/// - Parts are told by `、；/|`, line ends, commas, colons, brackets and blanks.
/// - A name ends with its last head (医院, 大学, 公司 …). What follows within the part is a department, another
///   name, or, where it is neither, part of the name.
/// - Bodies of their own stay whole: 甲大学医学院, 甲医院乙研究所, 甲医院丙分院. Departments, wards, campuses
///   (院区) and the schools of a discipline are parts.
pub fn read_affiliation(text: &str) -> Affiliation {
    let folded: Vec<Folded> = fold(text).take(LONGEST).collect();
    let mut read = Affiliation::default();
    let mut before: Option<Piece> = None;
    // Brackets behind a school, whose name may go on behind them: 甲大学（乙大学）附属医院.
    let mut aside: Vec<Piece> = Vec::new();
    for piece in pieces(&folded) {
        if piece.bracketed && before.is_some() {
            aside.push(piece);
            continue;
        }
        let whole = match before.take() {
            Some(school) if continues(&school.text, &piece.text) => school.with(piece),
            Some(other) => {
                read.take(text, &other);
                aside.drain(..).for_each(|piece| read.take(text, &piece));
                piece
            }
            None => piece,
        };
        if ends_as_school(&whole.text) {
            before = Some(whole);
        } else {
            read.take(text, &whole);
            aside.clear();
        }
    }
    for last in before.iter().chain(&aside) {
        read.take(text, last);
    }
    if read.institutions.is_empty() && !text.trim().is_empty() {
        let start = text.len() - text.trim_start().len();
        let range = start..start + text.trim().len();
        let name = text.trim().to_owned();
        read.institutions.push(NamedInstitution { name, range, ..NamedInstitution::default() });
    }
    read
}

/// Tells whether a part goes on with the name that a school began: 甲大学 附属医院, 甲大学 总医院.
fn continues(school: &str, part: &str) -> bool {
    const OWN: [&str; 8] =
        ["总医院", "人民医院", "肿瘤医院", "口腔医院", "儿童医院", "眼科医院", "妇产科医院", "中医院"];
    let numbered = part.starts_with('第')
        && heads(part).first().is_some_and(|&(end, _)| part[..end].chars().count() <= 7);
    !school.is_empty()
        && (part.starts_with("附属") || numbered || OWN.iter().any(|own| part.starts_with(own)))
}

impl Affiliation {
    /// Takes in what one part says.
    fn take(&mut self, text: &str, piece: &Piece) {
        let names = names_of(&piece.text);
        if names.is_empty() {
            self.places.extend(place::places_in(&piece.text).into_iter().filter(|_| is_address(&piece.text)));
            if is_department(&piece.text)
                && !is_address(&piece.text)
                && let Some(last) = self.institutions.last_mut()
            {
                last.department.get_or_insert_with(|| text[piece.bytes(0..piece.text.len())].to_owned());
            }
            return;
        }
        for Split { name, department } in names {
            if name.start > 0 {
                self.places.extend(place::places_in(&piece.text[..name.start]));
            }
            let printed = piece.printed(text, name.clone());
            let range = piece.bytes(name);
            match self.institutions.last_mut() {
                Some(last) if piece.bracketed => last.bracketed.push(printed),
                _ => self.institutions.push(NamedInstitution {
                    name: printed,
                    department: department.map(|part| text[piece.bytes(part)].to_owned()),
                    range,
                    bracketed: Vec::new(),
                }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let read = read_affiliation(text);
        let one = |one: &NamedInstitution| match &one.department {
            Some(department) => format!("{}+{department}", one.name),
            None => one.name.clone(),
        };
        read.institutions.iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn names_are_told_from_what_stands_around_them() {
        for (text, want) in [
            ("天津市胸科医院", "天津市胸科医院"),
            ("天津市津南区台儿庄路261号,天津市胸科医院", "天津市胸科医院"),
            ("天津市津南区台儿庄路261号天津市胸科医院", "天津市胸科医院"),
            ("天津市胸科医院，天津市津南区台儿庄南路261号，300222", "天津市胸科医院"),
            ("甲医院心外科", "甲医院+心外科"),
            ("甲大学附属医院 神经外科, 北京 100000", "甲大学附属医院+神经外科"),
            ("甲大学附属第一医院骨科，甲市 400000", "甲大学附属第一医院+骨科"),
            ("甲医院心血管中心", "甲医院+心血管中心"),
            ("甲医院东院区", "甲医院+东院区"),
            ("甲大学药学院", "甲大学+药学院"),
            ("甲大学，药学院", "甲大学+药学院"),
            ("甲大学医学院", "甲大学医学院"),
            ("甲大学乙丙公共卫生学院", "甲大学乙丙公共卫生学院"),
            ("甲医院乙研究所", "甲医院乙研究所"),
            ("甲医院丙分院", "甲医院丙分院"),
            ("甲医院第五医学中心", "甲医院第五医学中心"),
            ("甲大学, 附属第一医院", "甲大学附属第一医院"),
            ("甲大学（乙大学）第一附属医院", "甲大学第一附属医院"),
            ("甲大学（乙大学），丙医院", "甲大学 | 丙医院"),
            ("甲医院-乙研究所", "甲医院 | 乙研究所"),
            ("甲医院空港医院", "甲医院空港医院"),
            ("甲医科大学 总医院 神经外科", "甲医科大学总医院+神经外科"),
            ("甲大学，乙市第三医院", "甲大学 | 乙市第三医院"),
            ("甲医院、乙大学；丙公司", "甲医院 | 乙大学 | 丙公司"),
            ("甲医院/乙研究所", "甲医院 | 乙研究所"),
            ("甲医院\n乙医院", "甲医院 | 乙医院"),
            ("甲医院（乙大学附属医院）", "甲医院"),
            ("零氟科技(天津)有限公司", "零氟科技(天津)有限公司"),
            ("甲科技有限公司（天津）", "甲科技有限公司（天津）"),
            ("1. 甲市医院", "甲市医院"),
            ("①甲市医院", "甲市医院"),
            ("2甲市乙医院", "甲市乙医院"),
            ("a甲市乙医院", "甲市乙医院"),
            ("甲医院检验医学部", "甲医院+检验医学部"),
            ("甲大学生命科学学院", "甲大学+生命科学学院"),
            ("甲医院（天津）", "甲医院（天津）"),
            ("甲医院（东院区）", "甲医院+东院区"),
            ("721医院", "721医院"),
            ("工作单位：甲医院", "甲医院"),
            ("甲 医院", "甲 医院"),
            ("甲市中心医院检验科", "甲市中心医院+检验科"),
            ("甲市疾病预防控制中心检验科", "甲市疾病预防控制中心+检验科"),
            ("首都甲研究所附属儿童医院", "首都甲研究所附属儿童医院"),
            ("Department of Surgery, University of Nowhere", "Department of Surgery, University of Nowhere"),
            ("甲集团", "甲集团"),
            ("陈一工作室", "陈一工作室"),
            ("", ""),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn ranges_slice_to_the_printed_name() {
        let text = "台儿庄路261号， 甲 醫院（乙医院） 心外科 电话 022-1234";
        let read = read_affiliation(text);
        let [one] = &read.institutions[..] else { panic!("{read:?}") };
        assert_eq!((&text[one.range.clone()], one.name.as_str()), ("甲 醫院", "甲 醫院"));
        assert_eq!(one.bracketed, ["乙医院"]);
        assert_eq!(one.department.as_deref(), Some("心外科"));
    }

    #[test]
    fn places_beside_a_name_are_kept() {
        assert_eq!(read_affiliation("协和医院，武汉 430022").places, ["武汉"]);
        assert_eq!(read_affiliation("湖北省武汉市解放大道1277号协和医院").places, ["武汉", "湖北"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[甲乙省市天津医院大学学院附属第一二研究所公司中心科路号（）()、；, 0-9a/\n·-]{0,40}") {
            let read = read_affiliation(&text);
            assert_eq!(read.institutions.is_empty(), text.trim().is_empty());
            for one in &read.institutions {
                assert!(text.get(one.range.clone()).is_some(), "{one:?}");
                assert!(!one.name.trim().is_empty(), "{one:?}");
            }
            let canonical = crate::resolve::canonical_name(&text);
            assert_eq!(canonical.key.is_empty(), fold_key(&text).is_empty());
        }
    }
}
