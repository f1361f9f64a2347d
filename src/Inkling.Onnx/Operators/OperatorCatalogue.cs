using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Operators;

/// <summary>All operators by name: one line each.</summary>
internal static class OperatorCatalogue
{
    private const string Training = "ai.onnx.preview.training";

    // Factories, so that a run makes the operators it needs.
    private static readonly (string Domain, string Name, Func<Operator> Create)[] s_entries =
    [
        // Elementwise: one operand
        ("", "Abs", () => new NumberUnary<Abs>()),
        ("", "Acos", () => new FloatUnary<Acos>()),
        ("", "Acosh", () => new FloatUnary<Acosh>()),
        ("", "Asin", () => new FloatUnary<Asin>()),
        ("", "Asinh", () => new FloatUnary<Asinh>()),
        ("", "Atan", () => new FloatUnary<Atan>()),
        ("", "Atanh", () => new FloatUnary<Atanh>()),
        ("", "BitwiseNot", () => new BitwiseNot()),
        ("", "Ceil", () => new FloatUnary<Ceil>()),
        ("", "Cos", () => new FloatUnary<Cos>()),
        ("", "Cosh", () => new FloatUnary<Cosh>()),
        ("", "Erf", () => new FloatUnary<Erf>()),
        ("", "Exp", () => new FloatUnary<Exp, Inkling.Exp>()),
        ("", "Floor", () => new FloatUnary<Floor>()),
        ("", "IsInf", () => new FloatTest<IsInf>()),
        ("", "IsNaN", () => new FloatTest<IsNaN>()),
        ("", "Log", () => new FloatUnary<Log, Inkling.Log>()),
        ("", "Neg", () => new NumberUnary<Neg>()),
        ("", "Not", () => new Not()),
        ("", "Reciprocal", () => new FloatUnary<Reciprocal>()),
        ("", "Round", () => new FloatUnary<Round>()),
        ("", "Sign", () => new NumberUnary<Sign>()),
        ("", "Sin", () => new FloatUnary<Sin>()),
        ("", "Sinh", () => new FloatUnary<Sinh>()),
        ("", "Sqrt", () => new FloatUnary<Sqrt, Inkling.Sqrt>()),
        ("", "Tan", () => new FloatUnary<Tan>()),
        ("", "Tanh", () => new FloatUnary<Tanh, Inkling.Tanh>()),

        // Elementwise: several operands
        ("", "Add", () => new NumberBinary<Add>()),
        ("", "And", () => new TruthBinary<And>()),
        ("", "BitShift", () => new IntegerBinary<BitShift>()),
        ("", "BitwiseAnd", () => new IntegerBinary<BitwiseAnd>()),
        ("", "BitwiseOr", () => new IntegerBinary<BitwiseOr>()),
        ("", "BitwiseXor", () => new IntegerBinary<BitwiseXor>()),
        ("", "Div", () => new NumberBinary<Div>()),
        ("", "Equal", () => new Equal()),
        ("", "Greater", () => new NumberComparison<Greater>()),
        ("", "GreaterOrEqual", () => new NumberComparison<GreaterOrEqual>()),
        ("", "Less", () => new NumberComparison<Less>()),
        ("", "LessOrEqual", () => new NumberComparison<LessOrEqual>()),
        ("", "Max", () => new NumberVariadic<Max>()),
        ("", "Mean", () => new Mean()),
        ("", "Min", () => new NumberVariadic<Min>()),
        ("", "Mod", () => new NumberBinary<Mod>()),
        ("", "Mul", () => new NumberBinary<Mul>()),
        ("", "Or", () => new TruthBinary<Or>()),
        ("", "Pow", () => new Pow()),
        ("", "Sub", () => new NumberBinary<Sub>()),
        ("", "Sum", () => new NumberVariadic<Add>()),
        ("", "Where", () => new Where()),
        ("", "Xor", () => new TruthBinary<Xor>()),

        // Activations
        ("", "Celu", () => new FloatUnary<Celu>()),
        ("", "Clip", () => new Clip()),
        ("", "Elu", () => new FloatUnary<Elu>()),
        ("", "Gelu", () => new FloatUnary<Gelu>()),
        ("", "HardSigmoid", () => new FloatUnary<HardSigmoid>()),
        ("", "HardSwish", () => new FloatUnary<HardSwish>()),
        ("", "Hardmax", () => new RowNormalization<Hardmax>()),
        ("", "LeakyRelu", () => new FloatUnary<LeakyRelu>()),
        ("", "LogSoftmax", () => new RowNormalization<LogSoftmax>()),
        ("", "Mish", () => new FloatUnary<Mish>()),
        ("", "PRelu", () => new PRelu()),
        ("", "Relu", () => new NumberUnary<Relu>()),
        ("", "Selu", () => new FloatUnary<Selu>()),
        ("", "Shrink", () => new NumberUnary<Shrink>()),
        ("", "Sigmoid", () => new FloatUnary<Sigmoid, Inkling.Sigmoid>()),
        ("", "Softmax", () => new RowNormalization<Softmax>()),
        ("", "Softplus", () => new FloatUnary<Softplus>()),
        ("", "Softsign", () => new FloatUnary<Softsign>()),
        ("", "SwiGLU", () => new SwiGLU()),
        ("", "Swish", () => new FloatUnary<Swish>()),
        ("", "ThresholdedRelu", () => new FloatUnary<ThresholdedRelu>()),

        // Reductions
        ("", "ArgMax", () => new ArgExtreme(largest: true)),
        ("", "ArgMin", () => new ArgExtreme(largest: false)),
        ("", "CumProd", () => new Cumulative<CumProd>()),
        ("", "CumSum", () => new Cumulative<CumSum>()),
        ("", "ReduceL1", () => new Reduction<ReduceL1>()),
        ("", "ReduceL2", () => new Reduction<ReduceL2>()),
        ("", "ReduceLogSum", () => new Reduction<ReduceLogSum>()),
        ("", "ReduceLogSumExp", () => new Reduction<ReduceLogSumExp>()),
        ("", "ReduceMax", () => new WithTruthValues(new Reduction<ReduceMax>())),
        ("", "ReduceMean", () => new Reduction<ReduceMean>()),
        ("", "ReduceMin", () => new WithTruthValues(new Reduction<ReduceMin>())),
        ("", "ReduceProd", () => new Reduction<ReduceProd>()),
        ("", "ReduceSum", () => new Reduction<ReduceSum>(firstWithInput: 13)),
        ("", "ReduceSumSquare", () => new Reduction<ReduceSumSquare>()),

        // Shapes, types and constants
        ("", "Cast", () => new Cast()),
        ("", "CastLike", () => new CastLike()),
        ("", "Constant", () => new Constant()),
        ("", "ConstantOfShape", () => new ConstantOfShape()),
        ("", "EyeLike", () => new EyeLike()),
        ("", "Flatten", () => new Flatten()),
        ("", "Identity", () => new Identity()),
        ("", "Range", () => new NumberRange()),
        ("", "Reshape", () => new Reshape()),
        ("", "Shape", () => new ShapeOf()),
        ("", "Size", () => new SizeOf()),
        ("", "Squeeze", () => new Squeeze()),
        ("", "Unsqueeze", () => new Unsqueeze()),

        // Moving elements
        ("", "Compress", () => new Compress()),
        ("", "Concat", () => new Concat()),
        ("", "DepthToSpace", () => new DepthToSpace()),
        ("", "Expand", () => new Expand()),
        ("", "Gather", () => new Gather()),
        ("", "GatherElements", () => new GatherElements()),
        ("", "GatherND", () => new GatherND()),
        ("", "NonZero", () => new NonZero()),
        ("", "OneHot", () => new OneHot()),
        ("", "Pad", () => new Pad()),
        ("", "Resize", () => new Resize()),
        ("", "ReverseSequence", () => new ReverseSequence()),
        ("", "Scatter", () => new ScatterElements()),
        ("", "ScatterElements", () => new ScatterElements()),
        ("", "ScatterND", () => new ScatterND()),
        ("", "Slice", () => new Slice()),
        ("", "SpaceToDepth", () => new SpaceToDepth()),
        ("", "Split", () => new Split()),
        ("", "TensorScatter", () => new TensorScatter()),
        ("", "Tile", () => new Tile()),
        ("", "TopK", () => new TopK()),
        ("", "Transpose", () => new Transpose()),
        ("", "Trilu", () => new Trilu()),
        ("", "Unique", () => new Unique()),
        ("", "Upsample", () => new Resize()),

        // Matrices and convolutions
        ("", "Conv", () => new Conv()),
        ("", "ConvTranspose", () => new ConvTranspose()),
        ("", "Det", () => new Det()),
        ("", "Einsum", () => new Einsum()),
        ("", "Gemm", () => new GeneralProduct()),
        ("", "MatMul", () => new MatMul()),

        // Pooling
        ("", "AveragePool", () => new AveragePool()),
        ("", "GlobalAveragePool", () => new GlobalPool<ReduceMean>()),
        ("", "GlobalLpPool", () => new GlobalLpPool()),
        ("", "GlobalMaxPool", () => new GlobalPool<ReduceMax>()),
        ("", "LpPool", () => new LpPool()),
        ("", "MaxPool", () => new MaxPool()),
        ("", "MaxUnpool", () => new MaxUnpool()),

        // Normalisation
        ("", "BatchNormalization", () => new BatchNormalization()),
        ("", "GroupNormalization", () => new GroupNormalization()),
        ("", "InstanceNormalization", () => new InstanceNormalization()),
        ("", "LRN", () => new LRN()),
        ("", "LayerNormalization", () => new LayerNormalization()),
        ("", "LpNormalization", () => new LpNormalization()),
        ("", "MeanVarianceNormalization", () => new MeanVarianceNormalization()),
        ("", "RMSNormalization", () => new RMSNormalization()),

        // Recurrence and attention
        ("", "Attention", () => new Attention()),
        ("", "GRU", () => new Gru()),
        ("", "LSTM", () => new Lstm()),
        ("", "RNN", () => new Rnn()),
        ("", "RotaryEmbedding", () => new RotaryEmbedding()),

        // Training
        ("", "Dropout", () => new Dropout()),
        ("", "NegativeLogLikelihoodLoss", () => new NegativeLogLikelihoodLoss()),
        ("", "SoftmaxCrossEntropyLoss", () => new SoftmaxCrossEntropyLoss()),
        (Training, "Adagrad", () => new Adagrad()),
        (Training, "Adam", () => new Adam()),
        (Training, "Momentum", () => new Momentum()),

        // Graphs within graphs
        ("", "If", () => new If()),
        ("", "Loop", () => new Loop()),
        ("", "Scan", () => new Scan()),
    ];

    private static readonly Dictionary<(string Domain, string Name), Lazy<Operator>> s_operators =
        s_entries.ToDictionary(entry => (entry.Domain, entry.Name), entry => new Lazy<Operator>(entry.Create));

    /// <summary>The names of all operators, as <see cref="FullName"/> spells them.</summary>
    public static IEnumerable<string> Names => s_entries.Select(entry => FullName(entry.Domain, entry.Name));

    /// <summary>The operator of a name; null when there is none.</summary>
    /// <param name="domain">Its domain; empty for the standard one.</param>
    /// <param name="name">Its name.</param>
    public static Operator? Find(string domain, string name) =>
        s_operators.TryGetValue((OperatorSetIdProto.Normal(domain), name), out Lazy<Operator>? found) ? found.Value : null;

    /// <summary>Domain and name: <c>domain:Name</c>, or <c>Name</c> alone in the standard domain.</summary>
    public static string FullName(string domain, string name) => domain.Length == 0 ? name : $"{domain}:{name}";
}
