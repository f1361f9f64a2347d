using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Inkling.Playground.Tests;

/// <summary>The network as a program.</summary>
public sealed class CSharpExportTests
{
    public static TheoryData<string> Addresses =>
    [
        "dataset=spiral&sinX=true&sinY=true&networkShape=8,8&optimizer=adam&learningRate=0.01",
        "activation=relu&loss=cross-entropy&xSquared=true&dropout=20",
        "activation=linear&problem=regression&networkShape=3,3&learningRate=0.001",
        "networkShape=&cosX=true&cosY=true&xTimesY=true&ySquared=true",
        "dataset=arms&classes=5&activation=relu&networkShape=6",
        "activation=gelu&problem=regression&regDataset=reg-gauss",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public void The_program_compiles_and_says_the_same_bit_for_bit(string address)
    {
        PlaygroundSetup setup = SetupText.Parse(address).Setup;
        using PlaygroundRun run = new(setup);
        for (int i = 0; i < 200; i++) run.Train();

        foreach ((float x, float y) in ((float, float)[])[(0.25f, -3.5f), (5.9f, 1)])
        {
            using Tape tape = new(new TapeOptions { Recording = false });
            tape.Begin();
            Tensor output = run.Network.Forward(tape.Constant([1, setup.Inputs.Count], InputFeatures.Read(setup.Inputs, [x, y])));
            float[] expected = (run.Network.HasOutputOfEachClass ? output.Softmax() : output).ToArray();
            string printed = Run(CSharpExport.Write(run), x.ToString(CultureInfo.InvariantCulture), y.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(expected, printed.Split(' ').Skip(2).Select(number => float.Parse(number, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void Without_arguments_it_shows_five_points()
    {
        using PlaygroundRun run = new(new PlaygroundSetup());
        Assert.Equal(5, Run(CSharpExport.Write(run)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static string Run(string code, params string[] arguments)
    {
        const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";
        CSharpParseOptions parse = new(LanguageVersion.Latest);
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        CSharpCompilation compilation = CSharpCompilation.Create("Exported" + Guid.NewGuid().ToString("N"), [CSharpSyntaxTree.ParseText(Usings, parse), CSharpSyntaxTree.ParseText(code, parse)], references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        string[] errors = [.. compilation.Emit(image).Diagnostics.Where(one => one.Severity >= DiagnosticSeverity.Warning).Select(one => one.ToString())];
        Assert.Empty(errors);
        image.Position = 0;
        MethodInfo main = AssemblyLoadContext.Default.LoadFromStream(image).EntryPoint!;
        TextWriter before = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            main.Invoke(null, [arguments]);
        }
        finally
        {
            Console.SetOut(before);
        }

        return output.ToString();
    }
}
