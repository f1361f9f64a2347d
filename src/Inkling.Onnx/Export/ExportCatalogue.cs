using Inkling.Onnx.Export.Rules;
using Inkling.Ops;

namespace Inkling.Onnx.Export;

/// <summary>The rule for each operation of the engine. What is not here (losses, and dropout, which nothing records when a model is traced) cannot be exported.</summary>
internal static class ExportCatalogue
{
    private static readonly Dictionary<Type, ExportRule> s_rules = new()
    {
        // Formulas of one variable
        [typeof(Unary<Abs>)] = FormulaRules.Operator("Abs"),
        [typeof(Unary<Exp>)] = FormulaRules.Operator("Exp"),
        [typeof(Unary<Log>)] = FormulaRules.Operator("Log"),
        [typeof(Unary<Negate>)] = FormulaRules.Operator("Neg"),
        [typeof(Unary<Sqrt>)] = FormulaRules.Operator("Sqrt"),
        [typeof(Unary<Square>)] = FormulaRules.Square,
        [typeof(Unary<Gelu>)] = FormulaRules.Gelu,
        [typeof(Unary<GeluExact>)] = FormulaRules.GeluExact,
        [typeof(Unary<HardSigmoid>)] = FormulaRules.HardSigmoid,
        [typeof(Unary<HardSwish>)] = FormulaRules.HardSwish,
        [typeof(Unary<HardTanh>)] = FormulaRules.Between(-1, 1),
        [typeof(Unary<Mish>)] = FormulaRules.Mish,
        [typeof(Unary<Relu>)] = FormulaRules.Operator("Relu"),
        [typeof(Unary<Relu6>)] = FormulaRules.Between(0, 6),
        [typeof(Unary<Selu>)] = FormulaRules.Operator("Selu"),
        [typeof(Unary<Sigmoid>)] = FormulaRules.Operator("Sigmoid"),
        [typeof(Unary<Silu>)] = FormulaRules.Silu,
        [typeof(Unary<Softplus>)] = FormulaRules.Operator("Softplus"),
        [typeof(Unary<Softsign>)] = FormulaRules.Operator("Softsign"),
        [typeof(Unary<Tanh>)] = FormulaRules.Operator("Tanh"),
        [typeof(Parametric<Celu>)] = FormulaRules.Celu,
        [typeof(Parametric<Clip>)] = FormulaRules.Clip,
        [typeof(Parametric<Elu>)] = FormulaRules.Elu,
        [typeof(Parametric<LeakyRelu>)] = FormulaRules.LeakyRelu,
        [typeof(Parametric<Pow>)] = FormulaRules.Pow,

        // Formulas of two
        [typeof(Binary<Add>)] = FormulaRules.Operator("Add"),
        [typeof(Binary<Divide>)] = FormulaRules.Operator("Div"),
        [typeof(Binary<Maximum>)] = FormulaRules.Operator("Max"),
        [typeof(Binary<Multiply>)] = FormulaRules.Operator("Mul"),
        [typeof(Binary<Prelu>)] = FormulaRules.Prelu,
        [typeof(Binary<Subtract>)] = FormulaRules.Operator("Sub"),

        // Structure
        [typeof(Concat)] = StructureRules.Concat,
        [typeof(JoinDirections)] = StructureRules.JoinDirections,
        [typeof(MaskFill)] = StructureRules.MaskFill,
        [typeof(MatMul)] = StructureRules.MatMul,
        [typeof(MaxAxis)] = StructureRules.MaxAxis,
        [typeof(Mean)] = StructureRules.Mean,
        [typeof(Permute)] = StructureRules.Permute,
        [typeof(SliceAxis)] = StructureRules.SliceAxis,
        [typeof(Sum)] = StructureRules.Sum,
        [typeof(SumAxis)] = StructureRules.SumAxis,
        [typeof(Where)] = StructureRules.Where,

        // Layers
        [typeof(AdaptiveLogProbabilities)] = LinearRules.AdaptiveLogProbabilities,
        [typeof(AdaptivePool)] = PoolingRules.AdaptivePool,
        [typeof(Affine)] = LinearRules.Affine,
        [typeof(AveragePool)] = PoolingRules.AveragePool,
        [typeof(Convolve)] = ConvolutionRules.Convolve,
        [typeof(ConvolveTransposed)] = ConvolutionRules.ConvolveTransposed,
        [typeof(LogSoftmax)] = NormalizationRules.LogSoftmax,
        [typeof(Lookup)] = LinearRules.Lookup,
        [typeof(MaxPool)] = PoolingRules.MaxPool,
        [typeof(Normalize)] = NormalizationRules.Normalize,
        [typeof(NormalizeBatch)] = NormalizationRules.NormalizeBatch,
        [typeof(NormalizeGroups)] = NormalizationRules.NormalizeGroups,
        [typeof(NormalizeRms)] = NormalizationRules.NormalizeRms,
        [typeof(Softmax)] = NormalizationRules.Softmax,
        [typeof(UnitRows)] = NormalizationRules.UnitRows,

        // Sequences
        [typeof(AddPositions)] = PositionRules.AddPositions,
        [typeof(Attend)] = AttentionRules.Attend,
        [typeof(AttendAdditively)] = AttentionRules.AttendAdditively,
        [typeof(GruSequence)] = RecurrentRules.Gru,
        [typeof(LstmSequence)] = RecurrentRules.Lstm,
        [typeof(RnnSequence)] = RecurrentRules.Rnn,
        [typeof(PoolOverTime)] = PoolingRules.PoolOverTime,
        [typeof(Rotate)] = PositionRules.Rotate,
    };

    /// <summary>The operations that can be exported.</summary>
    public static IEnumerable<Type> Operations => s_rules.Keys;

    /// <summary>The rule of an operation; null where there is none.</summary>
    public static ExportRule? Find(Type operation) => s_rules.GetValueOrDefault(operation);
}
