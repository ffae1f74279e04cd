use super::*;
use crate::error::*;
#[derive(Clone, Debug)]
pub struct ReleaseTag {
    pub name: String,
    pub prefix: String,
    pub version: semver::Version,
    pub commit: String,
}
pub enum Baseline {
    One(Target),
    Tags { tags: Vec<ReleaseTag>, every: bool, how: String },
}
#[derive(Clone, Debug, Default)]
pub struct Environment {
    pub variables: std::collections::BTreeMap<String, String>,
}
impl Environment {
    pub fn of_process() -> Environment {
        Environment::default()
    }
}
pub fn baseline(_a: Option<&str>, _n: &Target, _e: &Environment, _o: &Options) -> Result<Baseline, Error> {
    todo!()
}
pub fn release_tags(_n: &Target, _p: Option<&str>, _o: &Options) -> Result<Vec<ReleaseTag>, Error> {
    todo!()
}
pub fn is_family(_p: &str, _n: &str) -> bool {
    todo!()
}
pub fn working_tree(_o: &Options) -> Result<Target, Error> {
    todo!()
}
pub fn place(_t: &Target, _o: &Options) -> Option<String> {
    None
}
pub enum SidesError {
    Usage(String),
    Missing { side: Side, error: Error },
}
pub fn sides(i: &[String], _s: bool, _o: &Options) -> Result<(Target, Target), SidesError> {
    if i.len() == 2 { Ok((Target::typed(&i[0]), Target::typed(&i[1]))) } else { Err(SidesError::Usage("two".into())) }
}
