// Asks a folder of notes (.txt, .md), by Microsoft.Extensions.AI and .VectorData:   dotnet run -c Release --project samples/Notes -- FOLDER "QUESTION" [INDEX]
// Without arguments it makes up a few notes. Only the first lines know Inkling; everything below runs on any provider of these abstractions.
using Inkling.Language;
using Inkling.Vectors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

string folder = AppContext.BaseDirectory;
while (!Directory.Exists(Path.Combine(folder, "models/sentence"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("models/sentence is neither beside the program nor above it.");
using IEmbeddingGenerator<string, Embedding<float>> generator = new TextEmbeddingGenerator(SentenceEncoder.Load(Path.Combine(folder, "models/sentence")));
using VectorStore store = args.Length > 2
    ? new InklingVectorStore(args[2], new InklingVectorStoreOptions { EmbeddingGenerator = generator })
    : new InklingVectorStore(new InklingVectorStoreOptions { EmbeddingGenerator = generator });

(string Name, string Text)[] notes = args.Length < 2
    ? [("dates.txt", "We agreed on the dates: the second week of May."), ("lunch.txt", "Lunch with Ada, noon, at the river."), ("roof.txt", "The roof leaks over the stairs.")]
    : [.. Directory.EnumerateFiles(args[0], "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".txt" or ".md").Select(file => (file, File.ReadAllText(file)))];
string question = args.Length < 2 ? "Water is coming into the house" : args[1];

VectorStoreCollection<string, Note> collection = store.GetCollection<string, Note>("notes");
await collection.EnsureCollectionExistsAsync();
await collection.UpsertAsync(notes.Select(note => new Note { Name = note.Name, Text = note.Text, Meaning = note.Text }));

Console.WriteLine(question);
await foreach (VectorSearchResult<Note> hit in collection.SearchAsync(question, top: 3))
    Console.WriteLine($"  {hit.Score:0.00}  {hit.Record.Name}: {hit.Record.Text.ReplaceLineEndings(" ")[..Math.Min(hit.Record.Text.Length, 60)]}");

internal sealed class Note
{
    [VectorStoreKey]
    public string Name { get; set; } = "";

    [VectorStoreData(IsFullTextIndexed = true)]
    public string Text { get; set; } = "";

    [VectorStoreVector(100, DistanceFunction = DistanceFunction.CosineSimilarity)]
    public string Meaning { get; set; } = "";
}
