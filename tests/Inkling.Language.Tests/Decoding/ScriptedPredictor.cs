using Inkling.Language;

namespace Inkling.Language.Tests.Decoding;

/// <summary>A made-up language over a few pieces: the distribution is a fixed function of the last two tokens.</summary>
internal sealed class ScriptedPredictor(int vocabularySize, IReadOnlyList<int> alphabet, ulong seed) : ITokenPredictor
{
    internal sealed class State : PredictorState
    {
        public int Last = -1;
        public int BeforeLast = -1;
        public int Steps;

        public override void Reset() => (Last, BeforeLast, Steps) = (-1, -1, 0);

        public override void CopyFrom(PredictorState other)
        {
            var o = (State)other;
            (Last, BeforeLast, Steps) = (o.Last, o.BeforeLast, o.Steps);
        }
    }

    public int VocabularySize => vocabularySize;

    public int StepsTaken { get; private set; }

    public PredictorState NewState() => new State();

    public void Step(PredictorState state, int token)
    {
        var s = (State)state;
        (s.BeforeLast, s.Last) = (s.Last, token);
        s.Steps++;
        StepsTaken++;
    }

    public void Predict(PredictorState state, Span<float> probabilities)
    {
        var s = (State)state;
        probabilities.Clear();
        double total = 0;
        Span<double> weights = stackalloc double[alphabet.Count];
        for (var i = 0; i < alphabet.Count; i++)
        {
            var hash = (seed * 31 + (ulong)(s.Last + 2)) * 0x9E3779B97F4A7C15 + (ulong)(s.BeforeLast + 2) * 0xC2B2AE3D27D4EB4F + (ulong)alphabet[i] * 0x165667B19E3779F9;
            hash ^= hash >> 29;
            hash *= 0xBF58476D1CE4E5B9;
            hash ^= hash >> 32;
            weights[i] = 0.05 + hash % 1000 / 1000.0;
            total += weights[i];
        }
        for (var i = 0; i < alphabet.Count; i++)
            probabilities[alphabet[i]] = (float)(weights[i] / total);
    }
}
