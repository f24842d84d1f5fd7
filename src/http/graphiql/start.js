// What the page shows at first: questions that the demonstration can answer.
const example = `# Welcome to trajet. Ctrl-Enter runs the query under the cursor; the book on the left is the schema.

# The figures that Samusocial published for 2020 and 2021.
query PublishedFigures {
  indicators(organisation: "samusocial", measure: ART60) {
    accompanied: personsAccompanied(year: 2020) { value unknown definitionVersion }
    ended: personsContractEnded(year: 2020) { value }
    hired: hiredActiveAt(cohortEndedIn: 2020, at: "2021-04-18", employer: "samusocial") { value }
    posts(at: "2021-04-18") { open { value } filled { value } }
  }
}

# Files by cell at CPAS Molenbeek, and their share of the aid files.
query Cells {
  indicators(organisation: "cpas-molenbeek") {
    stockPerCell(on: "2012-06-30") { total { value } cells { cell value } }
    shareInIsp(on: "2012-06-30") { value numerator denominator }
  }
}
`;

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: example,
    defaultEditorToolsVisibility: true,
  }),
);
