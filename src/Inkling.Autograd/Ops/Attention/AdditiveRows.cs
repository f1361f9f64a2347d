using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>Additive attention of one row of the batch, all queries one after the other.</summary>
internal struct AdditiveForward : IChunkBody
{
    public int Steps, KeySteps, Batch, Width, ValueWidth;
    public Indices? Lengths;
    public Range Queries, Keys, Vector, Values, Contexts, Weights;

    public readonly void Run(int chunk)
    {
        int keys = Lengths is null ? KeySteps : Lengths.Values[chunk];
        for (int i = 0; i < Steps; i++)
        {
            int row = (i * Batch) + chunk;
            Span<real> weights = Weights.Span.Slice(row * KeySteps, KeySteps), context = Contexts.Span.Slice(row * ValueWidth, ValueWidth);
            weights[keys..].Clear();
            weights = weights[..keys];
            AdditiveScores.Forward(Queries.Span.Slice(row * Width, Width), Keys.Span[(chunk * Width)..], Batch * Width, Vector.Span, weights);
            RowSoftmax.Softmax(weights);
            for (int j = 0; j < keys; j++) Elementwise.AddScaled(Values.Span.Slice(((j * Batch) + chunk) * ValueWidth, ValueWidth), weights[j], context, accumulate: j > 0);
        }
    }
}

/// <summary>The way back through additive attention of one row of the batch.</summary>
internal struct AdditiveBackward : IChunkBody
{
    public int Steps, KeySteps, Batch, Width, ValueWidth;
    public Indices? Lengths;
    public Range Queries, Keys, Vector, Values, Weights, GradQueries, GradKeys, GradValues, GradVectors, Scores;
    public Range? GradContexts, GradWeights;

    public readonly void Run(int chunk)
    {
        int keys = Lengths is null ? KeySteps : Lengths.Values[chunk];
        Span<real> gradient = Scores.Span.Slice(chunk * KeySteps, keys), gradVector = GradVectors.Span.Slice(chunk * Width, Width);
        for (int i = 0; i < Steps; i++)
        {
            int row = (i * Batch) + chunk;
            ReadOnlySpan<real> weights = Weights.Span.Slice(row * KeySteps, keys);
            RecurrentRows.CopyOrClear(GradWeights is { } given ? given.Span.Slice(row * KeySteps, keys) : default, gradient);
            for (int j = 0; j < keys && GradContexts is not null; j++)
            {
                int at = ((j * Batch) + chunk) * ValueWidth;
                ReadOnlySpan<real> context = GradContexts.Value.Span.Slice(row * ValueWidth, ValueWidth);
                gradient[j] += Reduce.Dot(context, Values.Span.Slice(at, ValueWidth));
                Elementwise.AddScaled(context, weights[j], GradValues.Span.Slice(at, ValueWidth));
            }

            SoftmaxGradient.InPlace(weights, gradient);
            AdditiveScores.Backward(Queries.Span.Slice(row * Width, Width), Keys.Span[(chunk * Width)..], Batch * Width, Vector.Span, gradient,
                GradQueries.Span.Slice(row * Width, Width), GradKeys.Span[(chunk * Width)..], gradVector);
        }
    }
}
