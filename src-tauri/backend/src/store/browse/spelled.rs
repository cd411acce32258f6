//! Words that begin as a query says, spelled out. To answer for the beginning of a word, FTS5
//! copies together all places of all words that begin so; of a word itself it walks along them. A
//! beginning that few words have is looked up as these words, which is two to three times as quick
//! where one of them is common.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use super::finder::Sql;
use crate::search::{Node, Term};
use crate::store::StoreError;

/// Most words that a beginning is spelled out as. Each takes as long to find as some hundred places
/// to copy.
const MOST_WORDS: usize = 6;

/// Most beginnings that are spelled out in a query.
const MOST_BEGINNINGS: usize = 8;

/// Shorter ones are in an index of FTS5's own.
const INDEXED: usize = 3;

/// The query with the words in place of their beginnings, where these are few; none when there is
/// nothing to replace.
pub(super) async fn spell_out(
    tree: &Node,
    connection: &mut SqliteConnection,
) -> Result<Option<Node>, StoreError> {
    let mut beginnings = Vec::new();
    collect(tree, &mut beginnings);
    if beginnings.is_empty() || beginnings.len() > MOST_BEGINNINGS {
        return Ok(None);
    }
    let words = words(&beginnings, connection).await?;
    Ok((!words.is_empty()).then(|| replaced(tree, &words)))
}

/// A beginning as FTS5 has it in its index, if that is certain: only letters and digits that it
/// neither splits nor changes but for their case.
fn beginning(node: &Node) -> Option<String> {
    match node {
        Node::Term(Term::Prefix(word)) if word.len() > INDEXED && is_plain(word) => {
            Some(word.to_ascii_lowercase())
        }
        _ => None,
    }
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn collect(node: &Node, beginnings: &mut Vec<String>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                collect(node, beginnings);
            }
        }
        Node::Not(node) => collect(node, beginnings),
        Node::Term(_) => {
            let known = beginning(node).filter(|beginning| !beginnings.contains(beginning));
            beginnings.extend(known);
        }
    }
}

/// The words that begin so, of each beginning that at least one and not too many have.
async fn words(
    beginnings: &[String],
    connection: &mut SqliteConnection,
) -> Result<HashMap<String, Vec<String>>, StoreError> {
    // A step finds the next word by the smallest text behind the last one, for FTS5 would count
    // through the places of that. The last step finds one that begins otherwise, or none.
    let mut sql = Sql::new(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.item_terms
             USING fts5vocab('main', 'item_words', 'instance');
         WITH RECURSIVE found (beginning, word, step) AS (
             SELECT value, (SELECT term FROM temp.item_terms WHERE term >= value LIMIT 1), 1
               FROM json_each(",
    );
    let asked = serde_json::to_string(beginnings).map_err(StoreError::damaged("word", ""))?;
    sql.push_bind(asked).push(
        ")
             UNION ALL
             SELECT beginning,
                    (SELECT term FROM temp.item_terms WHERE term >= word || char(1) LIMIT 1),
                    step + 1
               FROM found
              WHERE substr(word, 1, length(beginning)) = beginning AND step <= ",
    );
    sql.push_bind(u32::try_from(MOST_WORDS).unwrap_or(u32::MAX));
    sql.push(") SELECT beginning, ifnull(word, '') FROM found");
    let looking = StoreError::during("looking for words");
    let found: Vec<(String, String)> =
        sql.build_query_as().fetch_all(connection).await.map_err(looking)?;
    let mut words: HashMap<String, Vec<String>> = HashMap::new();
    for (beginning, word) in found {
        if word.starts_with(&beginning) {
            words.entry(beginning).or_default().push(word);
        }
    }
    words.retain(|_, words| words.len() <= MOST_WORDS && words.iter().all(|word| is_plain(word)));
    Ok(words)
}

fn replaced(node: &Node, words: &HashMap<String, Vec<String>>) -> Node {
    let all = |nodes: &[Node]| nodes.iter().map(|node| replaced(node, words)).collect();
    match node {
        Node::And(nodes) => Node::And(all(nodes)),
        Node::Or(nodes) => Node::Or(all(nodes)),
        Node::Not(node) => Node::Not(Box::new(replaced(node, words))),
        Node::Term(_) => match beginning(node).and_then(|beginning| words.get(&beginning)) {
            Some(words) => {
                let mut words = words.iter().map(|word| Node::Term(Term::Phrase(word.clone())));
                match (words.next(), words.len()) {
                    (Some(word), 0) => word,
                    (first, _) => Node::Or(first.into_iter().chain(words).collect()),
                }
            }
            None => node.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{deck, question, store};
    use crate::store::{DeckSource, Store};

    fn prefix(word: &str) -> Node {
        Node::Term(Term::Prefix(word.into()))
    }

    fn phrase(word: &str) -> Node {
        Node::Term(Term::Phrase(word.into()))
    }

    async fn spelled(store: &Store, tree: &Node) -> Option<Node> {
        spell_out(tree, &mut store.near().await.unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_beginning_becomes_the_words_that_begin_so_where_they_are_few_and_plain() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        let stem = "Gradient gradients gradienté; model1 model2 model3 model4 model5 model6 model7 \
                    layer1 layer2 layer3 layer4 layer5 layer6 straße strasse strait";
        let deck = deck(vec![question("one", stem), question("two", "gradient")]);
        store.put_deck(&deck, DeckSource::File, 1).await.unwrap();
        store.index_stale().await.unwrap();

        let gradients =
            Node::Or(vec![phrase("gradient"), phrase("gradiente"), phrase("gradients")]);
        assert_eq!(spelled(&store, &prefix("Grad")).await, Some(gradients.clone()));
        assert_eq!(spelled(&store, &prefix("gradients")).await, Some(phrase("gradients")));
        for (left, why) in [
            ("gra", "has an index"),
            ("model", "seven words begin so"),
            ("stra", "FTS5 might split or change one of the words"),
            ("gradienté", "FTS5 changes it"),
            ("layer_", "FTS5 splits it"),
            ("zebra", "no word begins so"),
        ] {
            assert_eq!(spelled(&store, &prefix(left)).await, None, "{left}: {why}");
        }
        let Some(Node::Or(layers)) = spelled(&store, &prefix("layer")).await else { panic!() };
        assert_eq!(layers.len(), 6);
        let tree = Node::And(vec![
            prefix("gradi"),
            Node::Not(Box::new(Node::Or(vec![prefix("model"), prefix("strai")]))),
        ]);
        let expected = Node::And(vec![
            gradients,
            Node::Not(Box::new(Node::Or(vec![prefix("model"), phrase("strait")]))),
        ]);
        assert_eq!(spelled(&store, &tree).await, Some(expected));
        let many = (0..9).map(|n| prefix(&format!("layer{n}"))).collect();
        assert_eq!(spelled(&store, &Node::And(many)).await, None);
    }
}
