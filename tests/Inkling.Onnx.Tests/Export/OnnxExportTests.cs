using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Tests.Export;

/// <summary>What an exported file is like, and what is refused.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_says_what_it_takes_and_gives_with_open_sizes()
    {
        string path = Path.Combine(_folder, "new", "net.onnx");
        Sequential net = new Sequential(new Linear(6, 5), new Activation<Relu>()).Build(seed: 1);
        OnnxExport.Save(path, net, OnnxInput.Numbers("x", "time", "batch", 6), new OnnxExportOptions { Name = "net" });
        OnnxModel model = OnnxModel.Load(path);
        Assert.Equal("x: float [time, batch, 6]", model.Inputs.Single().ToString());
        Assert.Equal("output: float [time, batch, 5]", model.Outputs.Single().ToString());
        Assert.Equal(("net", OnnxExport.Opset), (model.Name, model.Opsets[""]));
        Assert.StartsWith("Inkling ", model.Producer, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Parameters_keep_their_names_and_values_and_tied_ones_are_there_once()
    {
        Sequential net = new Sequential(new Conv1D(2, 3, 3), new Flatten(), new Linear(9, 4)).Build(seed: 1);
        GraphProto graph = Graph(OnnxExport.ToBytes(net, OnnxInput.Numbers("x", "batch", 2, 5)));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], graph.Initializers.Where(one => one.Type == OnnxElementType.Float).Select(one => one.Name));
        Assert.Equal(net.Parameters["2.weight"].Values.ToArray(), System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(graph.Initializers.Single(one => one.Name == "2.weight").RawData!.Value.Span).ToArray());

        Embedding table = new Embedding(7, 4).Build(seed: 1);
        graph = Graph(OnnxExport.ToBytes([OnnxInput.Integers("tokens", "batch")], run => run.Output("y", table.Forward(run.Integers("tokens")).Affine(table.Weight))));
        Assert.Equal(["weight"], graph.Initializers.Select(one => one.Name));
    }

    [Fact]
    public void What_no_output_needs_is_left_out()
    {
        Linear used = new Linear(3, 2).Build(seed: 1), unused = new Linear(3, 2).Build(seed: 2);
        GraphProto graph = Graph(OnnxExport.ToBytes([OnnxInput.Numbers("x", "batch", 3)], run =>
        {
            unused.Forward(run.Numbers("x")).Exp();
            run.Output("y", used.Forward(run.Numbers("x")));
        }));
        Assert.Equal("Gemm", Assert.Single(graph.Nodes).OpType);
    }

    [Fact]
    public void Sizes_that_follow_from_the_inputs_are_declared_as_formulas()
    {
        OnnxModel model = OnnxModel.Load(OnnxExport.ToBytes([OnnxInput.Numbers("x", "time", "batch", 4)], run =>
        {
            Tensor x = run.Numbers("x");
            run.Output("rows", x.Reshape([x.Shape[0] * x.Shape[1], 4]));
            run.Output("rest", x.Slice(0, 1, x.Shape[0] - 1));
        }));
        Assert.Equal(["rows: float [time*batch, 4]", "rest: float [time-1, batch, 4]"], model.Outputs.Select(one => one.ToString()));
    }

    [Fact]
    public void Everything_without_a_form_is_named_at_once()
    {
        Lstm lstm = new Lstm(3, 4).Build(seed: 1);
        OnnxUnsupportedException error = Assert.Throws<OnnxUnsupportedException>(() => OnnxExport.ToBytes(
            [OnnxInput.Numbers("x", "time", "batch", 3), OnnxInput.Integers("resets", "time", "batch"), OnnxInput.Integers("classes", "batch")],
            run =>
            {
                Tensor last = lstm.Forward(run.Numbers("x"), resets: run.Integers("resets")).Hidden[0];
                run.Output("loss", Losses.CrossEntropy(last, run.Integers("classes")));
            }));
        Assert.Equal(["Lstm", "SoftmaxCrossEntropy"], error.Operators);
        Assert.Contains("resets", error.Message, StringComparison.Ordinal);
        Assert.Contains("where it is a loss", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_over_an_open_size_is_refused_and_a_fixed_one_is_not()
    {
        void Loop(OnnxTrace run)
        {
            Tensor x = run.Numbers("x"), sum = x.Select(0);
            for (int t = 1; t < x.Shape[0]; t++) sum = (sum + x.Select(t)).Tanh();
            run.Output("y", sum);
        }

        OnnxException error = Assert.Throws<OnnxException>(() => OnnxExport.ToBytes([OnnxInput.Numbers("x", "time", 3)], Loop));
        Assert.Contains("time = 5", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(OnnxExport.ToBytes([OnnxInput.Numbers("x", 6, 3)], Loop));
    }

    [Fact]
    public void Sizes_that_do_not_fit_the_model_are_named()
    {
        Conv1D wide = new Conv1D(2, 3, 7).Build(seed: 1);
        OnnxException error = Assert.Throws<OnnxException>(() => OnnxExport.ToBytes(wide, OnnxInput.Numbers("x", "batch", 2, "length")));
        Assert.Contains("length = 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("OnnxExportOptions.Sizes", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(OnnxExport.ToBytes(wide, OnnxInput.Numbers("x", "batch", 2, "length"), new OnnxExportOptions { Sizes = new Dictionary<string, int> { ["length"] = 9 } }));
    }

    [Fact]
    public void A_size_that_rounds_is_refused_where_it_must_be_computed()
    {
        MaxPool1D pool = new(2);
        OnnxUnsupportedException error = Assert.Throws<OnnxUnsupportedException>(() => OnnxExport.ToBytes([OnnxInput.Numbers("x", "batch", 2, "length"), OnnxInput.Numbers("rows", "more", 3)], run =>
        {
            Tensor y = pool.Forward(run.Numbers("x"));
            run.Output("y", y.Slice(^1, 0, y.Shape[2] - 1));
        }));
        Assert.Contains("no multiple of the sizes of the inputs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_in_names_are_told()
    {
        Linear layer = new Linear(3, 3).Build(seed: 1);
        OnnxInput x = OnnxInput.Numbers("x", "batch", 3);
        Assert.Contains("no output", Assert.Throws<OnnxException>(() => OnnxExport.ToBytes([x], _ => { })).Message, StringComparison.Ordinal);
        Assert.Contains("'y'", Assert.Throws<OnnxException>(() => OnnxExport.ToBytes([x], run => run.Numbers("y"))).Message, StringComparison.Ordinal);
        Assert.Contains("taken", Assert.Throws<OnnxException>(() => OnnxExport.ToBytes([x], run => run.Output("x", run.Numbers("x")))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OnnxExport.ToBytes([x, x], run => run.Output("y", run.Numbers("x"))));
        Assert.Throws<ArgumentException>(() => OnnxExport.ToBytes(layer, OnnxInput.Integers("x", "batch", 3)));
        Assert.Throws<ArgumentException>(() => OnnxInput.Numbers("x", "batch", 0));
    }

    [Fact]
    public void A_failed_export_leaves_the_old_file()
    {
        string path = Path.Combine(_folder, "old.onnx");
        File.WriteAllText(path, "old");
        Assert.ThrowsAny<OnnxException>(() => OnnxExport.Save(path, [OnnxInput.Numbers("x", "batch", 3)], _ => { }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Throws<CheckpointException>(() => OnnxExport.Save(Path.Combine(path, "below.onnx"), new Linear(3, 3).Build(seed: 1), OnnxInput.Numbers("x", "batch", 3)));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        byte[] Export() => OnnxExport.ToBytes(new Sequential(new Linear(6, 5), new GroupNorm(1, 5)).Build(seed: 3), OnnxInput.Numbers("x", "batch", 6));
        Assert.Equal(Export(), Export());
    }

    private static GraphProto Graph(byte[] bytes) => ModelProto.Read(new ProtoReader(new ProtoSource("test", bytes), nameof(ModelProto))).Graph!;
}
