use super::check;

#[test]
fn vancouver_and_apa_citations_are_read() {
    check(&[
        (
            "1. Zheng QS, Luo YM. Stroke in rural areas: a cohort study. Lancet Reg Health West Pac. 2022;24:100478.",
            &[
                "n 1",
                "t Stroke in rural areas: a cohort study",
                "j Lancet Reg Health West Pac",
                "y 2022;24:100478",
                "a Zheng QS；Luo YM",
            ],
        ),
        (
            "Zheng QS#, Luo YM#, Müller A, van der Berg J*. Is it safe in Asia? J. Clin. Oncol. 2019 Mar;37(5):1-9.",
            &[
                "t Is it safe in Asia?",
                "j J. Clin. Oncol",
                "y 2019 Mar;37(5):1-9",
                "a Zheng QS；Luo YM；Müller A；van der Berg J",
                "c van der Berg J",
                "f Zheng QS；Luo YM",
            ],
        ),
        (
            "Zheng, Q. S., & Luo, Y. M. (2022). Stroke in rural areas. Journal of Stroke, 24(3), 100478.",
            &[
                "t Stroke in rural areas",
                "j Journal of Stroke",
                "y 2022, 24(3), 100478",
                "a Zheng, Q. S.；Luo, Y. M.",
            ],
        ),
        (
            "Zheng QS, Luo YM, 2022. Stroke in rural areas. Nat. Commun. 24, 100478.",
            &["t Stroke in rural areas", "j Nat. Commun", "y 2022, 24, 100478", "a Zheng QS；Luo YM"],
        ),
        (
            "Q. S. Zheng, Y.-M. Luo, and A. Müller, “Deep learning, radiomics and X,” IEEE Trans. Med. Imaging, vol. 32, no. 6, pp. 775–784, Mar. 2021.",
            &[
                "t Deep learning, radiomics and X",
                "j IEEE Trans. Med. Imaging",
                "y vol. 32, no. 6, pp. 775–784, Mar. 2021",
                "a Q. S. Zheng；Y.-M. Luo；A. Müller",
            ],
        ),
        (
            "Zheng, Q.S., Luo, Y.M.* Nanoparticles for bone repair. Adv. Funct. Mater. 32, 3456 (2021). IF=19.9",
            &[
                "t Nanoparticles for bone repair",
                "j Adv. Funct. Mater",
                "y 32, 3456 (2021)",
                "a Zheng, Q.S.；Luo, Y.M.",
                "c Luo, Y.M.",
                "i 19.9",
            ],
        ),
        (
            "Qingsong Zheng, Yiming Luo*. Stroke in rural areas. Circulation 32(6): 775-784, 2021",
            &[
                "t Stroke in rural areas",
                "j Circulation",
                "y 32(6): 775-784, 2021",
                "a Qingsong Zheng；Yiming Luo",
                "c Yiming Luo",
            ],
        ),
        (
            "Zheng Q, Luo Y. E. coli and A. baumannii in vitro. Antimicrob. Agents Chemother. 2018;62(3):e01234-17.",
            &[
                "t E. coli and A. baumannii in vitro",
                "j Antimicrob. Agents Chemother",
                "y 2018;62(3):e01234-17",
                "a Zheng Q；Luo Y",
            ],
        ),
        (
            "Zheng QS, China Stroke Group. Vaccine against hepatitis B. Lancet. 2017 Jun 1;389(10085):2188-2192. doi: 10.1016/x.2017.01.001",
            &[
                "t Vaccine against hepatitis B",
                "j Lancet",
                "y 2017 Jun 1;389(10085):2188-2192",
                "a Zheng QS；China Stroke Group",
                "o 10.1016/x.2017.01.001",
            ],
        ),
        (
            "Zheng QS, Luo YM*. Sepsis in rural areas. Lancet. 2020;395(1):497-506. https://doi.org/10.1000/S0140-6736(20)30183-5, IF=10.6, 他引34次",
            &[
                "t Sepsis in rural areas",
                "j Lancet",
                "y 2020;395(1):497-506",
                "a Zheng QS；Luo YM",
                "c Luo YM",
                "o 10.1000/S0140-6736(20)30183-5",
                "i 10.6",
                "x 34",
            ],
        ),
        (
            "Stroke in rural areas. Global burden 1990-2019: a study. Lancet (London, England). 2020;396(10258):1204-1222.",
            &[
                "t Stroke in rural areas. Global burden 1990-2019: a study",
                "j Lancet (London, England)",
                "y 2020;396(10258):1204-1222",
            ],
        ),
        (
            "Zheng QS1,2, Luo YM2*: The PI3K/AKT/mTOR axis in sepsis. PLoS One 2018, 13(2):e0192345 (SCI, IF 2.8, 他引12次)",
            &[
                "t The PI3K/AKT/mTOR axis in sepsis",
                "j PLoS One",
                "y 2018, 13(2):e0192345",
                "a Zheng QS；Luo YM",
                "c Luo YM",
                "d SCI",
                "i 2.8",
                "x 12",
            ],
        ),
        (
            "Stroke in rural areas of Asia, Journal of Stroke, 2019, 35(4):211-218, 影响因子：8.6",
            &["t Stroke in rural areas of Asia", "j Journal of Stroke", "y 2019, 35(4):211-218", "i 8.6"],
        ),
        (
            "Zheng Q.S., Luo Y.M., Chen Y. Mutations of K-ras vs. B-raf. npj Precision Oncology. 2021;5:12. 被引用：1,024次；其中他引：980次",
            &[
                "t Mutations of K-ras vs. B-raf",
                "j npj Precision Oncology",
                "y 2021;5:12",
                "a Zheng Q.S.；Luo Y.M.；Chen Y.",
                "x 980",
            ],
        ),
        (
            "Zheng QS, Luo YM. Proteins in plasma. Proc. Natl. Acad. Sci. U.S.A. 2015;112(3):E12-E19.",
            &[
                "t Proteins in plasma",
                "j Proc. Natl. Acad. Sci. U.S.A",
                "y 2015;112(3):E12-E19",
                "a Zheng QS；Luo YM",
            ],
        ),
    ]);
}
