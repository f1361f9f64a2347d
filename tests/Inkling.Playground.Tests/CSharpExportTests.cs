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
        "batchNorm=true&activation=relu&layerActivations=,sigmoid,step&layerDropout=10&networkShape=5,4,3",
        "batchNorm=true&dataset=blobs&networkShape=4&initializer=orthogonal",
        "dataset=gate-xor&networkShape=2&activation=step&outputActivation=step&weights=1,1,-0.5,1,1,-1.5,1,-1,-0.5&learningRate=0.000001",
        "dataset=gate-or&networkShape=&outputActivation=sigmoid",
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
    public void A_network_of_own_columns_reads_them()
    {
        PointTable table = new(["a", "b \n// c", "d"], ["no", "yes", "perhaps"], [.. Enumerable.Range(0, 36).Select(i => (i % 7) - 3f)], [.. Enumerable.Range(0, 12).Select(i => (float)(i % 3))], ["a note\nwith a break"]);
        using PlaygroundRun run = new(new PlaygroundSetup { Dataset = "own", Own = table, BatchNorm = true });
        for (int i = 0; i < 50; i++) run.Train();
        using Tape tape = new(new TapeOptions { Recording = false });
        tape.Begin();
        float[] expected = run.Network.Forward(tape.Constant([1, 3], [0.5f, -1, 2])).Softmax().ToArray();
        Assert.Equal(expected, Run(CSharpExport.Write(run), "0.5", "-1", "2").Split(' ').Skip(3).Select(number => float.Parse(number, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_network_that_diverged_is_a_program_too()
    {
        using PlaygroundRun run = new(new PlaygroundSetup());
        run.Network.Layers[0].Weight.Values[0] = float.NaN;
        run.Network.Layers[0].Weight.Values[1] = float.NegativeInfinity;
        Assert.Contains("NaN", Run(CSharpExport.Write(run)), StringComparison.Ordinal);
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
