using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Language;

public sealed partial class LstmDecoder
{
    /// <summary>Reads tokens from an empty state and keeps what every cell did, to look at: the same numbers as <see cref="Step(PredictorState, int)"/>'s.</summary>
    /// <param name="tokens">At least one.</param>
    /// <exception cref="ArgumentException">There is none, or one that the model lacks.</exception>
    public LanguageModelTrace Trace(ReadOnlySpan<int> tokens)
    {
        int[] read = LanguageModelTrace.Check("LstmDecoder.Trace", tokens, VocabularySize);
        RecurrentTrace trace = new(read.Length, _weights.Layers, _hidden, RecurrentTrace.LstmGateNames, hasCells: true);
        float[] below = new float[Math.Max(_embedding, _hidden)], zero = new float[_hidden], tanhCell = new float[_hidden];
        for (int t = 0; t < read.Length; t++)
        {
            Span<float> input = below.AsSpan(0, _embedding);
            _weights.Embedding.CopyRow(read[t], input);
            for (int layer = 0; layer < _weights.Layers; layer++)
            {
                LstmLayerWeights weights = _weights.LayerWeights[layer];
                Span<float> gates = trace.GatesToWrite(layer, t);
                weights.Input.Multiply(input, 1, gates, weights.Bias);
                weights.Hidden.MultiplyAdd(t == 0 ? zero : trace.Hidden(layer, t - 1), 1, gates);
                LstmGates.Forward(gates, t == 0 ? zero : trace.Cell(layer, t - 1), trace.CellToWrite(layer, t), tanhCell, trace.HiddenToWrite(layer, t));
                input = below.AsSpan(0, _hidden);
                trace.Hidden(layer, t).CopyTo(input);
            }
        }

        return new LanguageModelTrace(read, trace, VocabularySize, (hidden, scores) =>
        {
            float[] features = new float[_embedding];
            _weights.Projection.Multiply(hidden, 1, features, _weights.ProjectionBias);
            _weights.Embedding.Multiply(features, 1, scores, _weights.OutputBias);
        });
    }
}
