using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Inkling.Architecture.Tests;

/// <summary>What the documents show works: C# blocks and samples are compiled and run.</summary>
public sealed class DocumentationTests
{
    private const int LongestSample = 60;

    // What a project with implicit usings has.
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly Lock ConsoleInUse = new();

    // Read once: the compiler keeps with each what it has learnt about it.
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    public static TheoryData<string, int> Blocks()
    {
        var data = new TheoryData<string, int>();
        foreach (CodeBlock block in CodeBlock.All().Where(block => block.Kind == "csharp"))
        {
            data.Add(block.File, block.Line);
        }

        return data;
    }

    public static TheoryData<string> Samples => [.. Repository.Sources("samples", "Program.cs")];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_of_csharp_compiles_and_runs(string file, int line)
    {
        CodeBlock block = CodeBlock.All().Single(block => block.File == file && block.Line == line);
        string output = Run(block.Text, $"{file}:{line}");

        // A line that ends in "// word" after Console.WriteLine says what is printed.
        foreach (string printing in block.Text.Split('\n').Where(text => text.Contains("Console.WriteLine(", StringComparison.Ordinal) && text.Contains(");", StringComparison.Ordinal)))
        {
            string promised = printing[(printing.LastIndexOf(");", StringComparison.Ordinal) + 2)..].Trim().TrimStart('/').Trim();
            Assert.Contains(promised, output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_short_and_runs(string file)
    {
        string text = Repository.Read(file);

        Assert.InRange(text.Split('\n').Length, 1, LongestSample);
        // A sample that would train for long says in a line of its own with which arguments tests run it.
        string arguments = System.Text.RegularExpressions.Regex.Match(text, @"^// Tests run it with: (.+)$", System.Text.RegularExpressions.RegexOptions.Multiline).Groups[1].Value.Trim();
        Assert.NotEmpty(Run(text, file, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void A_fragment_is_at_least_well_formed()
    {
        foreach (CodeBlock block in CodeBlock.All().Where(block => block.Kind == "csharp fragment"))
        {
            IEnumerable<Diagnostic> errors = CSharpSyntaxTree.ParseText(block.Text, new CSharpParseOptions(LanguageVersion.Latest)).GetDiagnostics();
            Assert.True(!errors.Any(), $"{block.File}:{block.Line}: {string.Join("; ", errors)}");
        }
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Root, "*.md").Select(Path.GetFileName).Concat(Repository.Sources("docs", "*.md"))!)
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, file!))!;
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(Repository.Read(file!), @"\]\((?<to>[^)#\s]+)[^)]*\)"))
            {
                string to = link.Groups["to"].Value;
                bool exists = to.Contains("://", StringComparison.Ordinal) || Path.Exists(Path.Combine(folder, to));
                Assert.True(exists, $"{file} links to {to}, which is not there.");
            }
        }
    }

    private static string Run(string code, string name, params string[] arguments)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest);
        string usings = ImplicitUsings;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Documentation" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(usings, parse), CSharpSyntaxTree.ParseText(code, parse, name)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(image);
        string[] errors = [.. emitted.Diagnostics.Where(one => one.Severity >= DiagnosticSeverity.Warning).Select(one => one.ToString())];
        Assert.True(emitted.Success && errors.Length == 0, $"{name} does not compile cleanly:\n{string.Join('\n', errors)}");

        image.Position = 0;
        MethodInfo main = AssemblyLoadContext.Default.LoadFromStream(image).EntryPoint!;
        lock (ConsoleInUse)
        {
            TextWriter before = Console.Out;
            using var output = new StringWriter();
            Console.SetOut(output);
            try
            {
                object? result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [arguments]);
                (result as Task)?.GetAwaiter().GetResult();
            }
            finally
            {
                Console.SetOut(before);
            }

            return output.ToString();
        }
    }
}
