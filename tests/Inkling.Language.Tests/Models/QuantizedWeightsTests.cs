using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

namespace Inkling.Language.Tests.Models;

public sealed class QuantizedWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-quantized-").FullName;

    private string File8 => Path.Combine(_folder, "weights.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Weights_come_back_within_half_a_step_of_their_row_and_vectors_exactly()
    {
        LstmLanguageModel model = Rhyme.Model(seed: 3), again = Rhyme.Model(seed: 4);
        QuantizedWeights.Save(File8, model.Parameters);
        QuantizedWeights.Load(File8, again.Parameters);
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            Parameter before = model.Parameters[p], after = again.Parameters[p];
            if (before.Shape.Rank != 2)
            {
                Assert.Equal(before.Values.ToArray(), after.Values.ToArray());
                continue;
            }

            int columns = before.Shape[1];
            for (int row = 0; row < before.Shape[0]; row++)
            {
                float[] exact = before.Values.Slice(row * columns, columns).ToArray(), rounded = after.Values.Slice(row * columns, columns).ToArray();
                float most = exact.Max(MathF.Abs) / 127 * 0.51f;
                for (int i = 0; i < columns; i++) Assert.Equal(exact[i], rounded[i], most);
            }
        }
    }

    [Fact]
    public void Rounding_what_is_rounded_changes_nothing_to_speak_of()
    {
        LstmLanguageModel once = Rhyme.Model(seed: 3), twice = Rhyme.Model(seed: 3);
        QuantizedWeights.Save(File8, once.Parameters);
        QuantizedWeights.Load(File8, once.Parameters);
        QuantizedWeights.Save(File8, once.Parameters);
        QuantizedWeights.Load(File8, twice.Parameters);
        float[] a = once.Parameters.Values.ToArray(), b = twice.Parameters.Values.ToArray();
        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], 1e-6f);
    }

    [Fact]
    public void A_file_of_another_model_changes_nothing()
    {
        QuantizedWeights.Save(File8, Rhyme.Model().Parameters);
        LstmLanguageModel deeper = Rhyme.Model(layers: 2);
        float[] before = deeper.Parameters.Values.ToArray();
        Assert.Contains("lstm.", Assert.Throws<CheckpointException>(() => QuantizedWeights.Load(File8, deeper.Parameters)).Message, StringComparison.Ordinal);
        Assert.Equal(before, deeper.Parameters.Values.ToArray());
    }

    [Fact]
    public void Loss_hardly_changes()
    {
        LstmLanguageModel model = Rhyme.Model(seed: 3);
        using LanguageModelEvaluation evaluation = new(model, Rhyme.Corpus(30, seed: 1), new BatchOptions { Lanes = 4, Steps = 8 }, Team.Single);
        double exact = evaluation.Run().Loss;
        QuantizedWeights.Save(File8, model.Parameters);
        QuantizedWeights.Load(File8, model.Parameters);
        Assert.Equal(exact, evaluation.Run().Loss, 0.01 * exact);
    }
}
