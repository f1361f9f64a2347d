namespace Inkling.Onnx.Tests.Operators;

/// <summary>Losses, optimizers and dropout.</summary>
public sealed class TrainingTests
{
    private static readonly OnnxValue s_scores = Op.Floats([2, 3], 1, 2, 3, 4, 5, 6);

    [Theory]
    [InlineData("none", new[] { -6f, -4 })]
    [InlineData("sum", new[] { -10f })]
    [InlineData("mean", new[] { -10f / 3 })]
    public void The_likelihood_loss_is_weighted(string reduction, float[] expected) =>
        Assert.Equal(expected, Op.Run("NegativeLogLikelihoodLoss", [s_scores, Op.Longs(2, 0), Op.Floats([3], 1, 5, 2)], ("reduction", reduction)).Values<float>());

    [Fact]
    public void Targets_may_be_ignored_and_must_otherwise_exist()
    {
        Assert.Equal([-3f, 0], Op.Run("NegativeLogLikelihoodLoss", [s_scores, Op.Longs(2, -1)], ("reduction", "none"), ("ignore_index", -1)).Values<float>());
        Assert.Equal([-3f], Op.Run("NegativeLogLikelihoodLoss", [s_scores, Op.Longs(2, -1)], ("ignore_index", -1)).Values<float>());
        Assert.Contains("target -1 is not one of the 3 classes", Assert.Throws<OnnxException>(() => Op.Run("NegativeLogLikelihoodLoss", [s_scores, Op.Longs(2, -1)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cross_entropy_is_that_of_the_softmax()
    {
        OnnxValue[] results = Op.All("SoftmaxCrossEntropyLoss", [s_scores, OnnxValue.Create([2], new[] { 2, 0 })], 2, 13, ("reduction", "none"));
        double shift = Math.Log(Math.Exp(-2) + Math.Exp(-1) + 1);

        Assert.Equal([(float)shift, (float)(shift + 2)], results[0].Values<float>().ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal([2, 3], results[1].Shape);
        Assert.Equal(-shift - 2, results[1].Values<float>()[0], 1e-6);
    }

    [Fact]
    public void Adagrad_slows_down_by_what_it_has_seen()
    {
        OnnxValue[] results = Op.All("ai.onnx.preview.training:Adagrad", [OnnxValue.Scalar(0.1f), OnnxValue.Scalar(2L), Op.Floats([1], 1), Op.Floats([1], 3), Op.Floats([1], 7)], 2, 1,
            ("decay_factor", 0.5f), ("epsilon", 0f), ("norm_coefficient", 0f));

        Assert.Equal(16, results[1].Values<float>()[0]);
        Assert.Equal(1 - (0.1 / 2 * 3 / 4), results[0].Values<float>()[0], 1e-6);
    }

    [Fact]
    public void Adam_corrects_its_start()
    {
        OnnxValue[] results = Op.All("ai.onnx.preview.training:Adam", [OnnxValue.Scalar(0.1f), OnnxValue.Scalar(1L), Op.Floats([1], 1), Op.Floats([1], 2), Op.Floats([1], 0.5f), Op.Floats([1], 0.25f)], 3, 1,
            ("alpha", 0.8f), ("beta", 0.9f), ("epsilon", 0f), ("norm_coefficient", 0f));
        double v = (0.8 * 0.5) + (0.2 * 2), h = (0.9 * 0.25) + (0.1 * 4);

        Assert.Equal(v, results[1].Values<float>()[0], 1e-6);
        Assert.Equal(h, results[2].Values<float>()[0], 1e-6);
        Assert.Equal(1 - (0.1 * Math.Sqrt(0.1) / 0.2 * v / Math.Sqrt(h)), results[0].Values<float>()[0], 1e-6);
    }

    [Theory]
    [InlineData("standard", 0L, 1 - (0.1 * 3.25))]
    [InlineData("standard", 1L, 1 - (0.1 * 1.75))]
    [InlineData("nesterov", 1L, 1 - (0.1 * (3 + (0.5 * 1.75))))]
    public void Momentum_carries_on(string mode, long step, double expected)
    {
        // The gradient is 2.5 + 0.5 · 1 = 3; the velocity before is 0.5. β counts from the second step on.
        OnnxValue[] results = Op.All("ai.onnx.preview.training:Momentum", [OnnxValue.Scalar(0.1f), OnnxValue.Scalar(step), Op.Floats([1], 1), Op.Floats([1], 2.5f), Op.Floats([1], 0.5f)], 2, 1,
            ("alpha", 0.5f), ("beta", 0.5f), ("norm_coefficient", 0.5f), ("mode", mode));

        Assert.Equal(expected, results[0].Values<float>()[0], 1e-6);
    }

    [Fact]
    public void Several_parameters_are_updated_list_by_list()
    {
        OnnxValue[] results = Op.All("ai.onnx.preview.training:Adagrad",
            [OnnxValue.Scalar(1f), OnnxValue.Scalar(0L), Op.Floats([1], 1), Op.Floats([2], 2, 3), Op.Floats([1], 1), Op.Floats([2], 1, 1), Op.Floats([1], 0), Op.Floats([2], 3, 8)], 4, 1, ("epsilon", 0f));

        Assert.Equal([0], results[0].Values<float>());
        Assert.Equal([1.5f, 3 - (1f / 3)], results[1].Values<float>());
        Assert.Equal([1], results[2].Values<float>());
        Assert.Equal([4, 9], results[3].Values<float>());
        Assert.Contains("3 for each parameter are wanted", Assert.Throws<OnnxException>(() => Op.All("ai.onnx.preview.training:Adagrad", [OnnxValue.Scalar(1f), OnnxValue.Scalar(0L), Op.Floats([1], 1)], 1, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropout_passes_everything_but_in_training()
    {
        OnnxValue x = Op.Floats([4], 1, 2, 3, 4);
        OnnxValue[] results = Op.All("Dropout", [x], 2, 13);
        Assert.Equal([1, 2, 3, 4], results[0].Values<float>());
        Assert.Equal([true, true, true, true], results[1].Values<bool>());
        Assert.Equal([1f, 1, 1, 1], Op.All("Dropout", [x], 2, 7)[1].Values<float>());
        Assert.Equal([1, 2, 3, 4], Op.Run("Dropout", 6, [x], ("is_test", 1)).Values<float>());
    }

    [Fact]
    public void Dropout_in_training_draws_as_the_reference_implementation_does()
    {
        // numpy.random.seed(0); numpy.random.uniform(size=4) = 0.5488, 0.7152, 0.6028, 0.5449
        OnnxValue[] results = Op.All("Dropout", [Op.Floats([4], 1, 2, 3, 4), OnnxValue.Scalar(0.6f), OnnxValue.Scalar(true)], 2, 13, ("seed", 0));

        Assert.Equal([false, true, true, false], results[1].Values<bool>());
        Assert.Equal([0, 5, 7.5f, 0], results[0].Values<float>().ToArray(), (a, b) => MathF.Abs(a - b) < 1e-5f);
        Assert.Contains("the ratio is 1", Assert.Throws<OnnxException>(() => Op.Run("Dropout", [Op.Floats([1], 1), OnnxValue.Scalar(1f), OnnxValue.Scalar(true)])).Message, StringComparison.Ordinal);
    }
}
