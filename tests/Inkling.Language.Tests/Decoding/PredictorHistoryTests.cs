using CsCheck;

namespace Inkling.Language.Tests.Decoding;

public sealed class PredictorHistoryTests
{
    [Fact]
    public void Any_way_through_texts_ends_in_the_state_of_a_fresh_reading()
    {
        var edit = Gen.Select(Gen.Int[0, 300], Gen.Int[0, 9].Array[0, 60]);
        edit.Array[1, 30].Sample(edits =>
        {
            var predictor = new Recorder();
            var history = new PredictorHistory(predictor);
            var tokens = new List<int>();
            foreach (var (keep, add) in edits)
            {
                if (keep < tokens.Count)
                    tokens.RemoveRange(keep, tokens.Count - keep);
                tokens.AddRange(add);
                var state = (Recorder.State)history.MoveTo(tokens.ToArray());
                Assert.Equal(Recorder.Hash(tokens), state.Hash);
                Assert.Equal(tokens.Count, history.Count);
            }
        }, iter: 300);
    }

    [Fact]
    public void Typing_costs_one_step_and_going_back_none()
    {
        var predictor = new Recorder();
        var history = new PredictorHistory(predictor);
        var tokens = Enumerable.Range(0, 500).ToArray();
        for (var n = 1; n <= tokens.Length; n++)
            history.MoveTo(tokens.AsSpan(0, n));
        Assert.Equal(500, history.Steps);
        for (var n = 499; n > 500 - PredictorHistory.Recent; n--)
            history.MoveTo(tokens.AsSpan(0, n));
        Assert.Equal(500, history.Steps);
        history.MoveTo(tokens.AsSpan(0, 101)); // 96 is kept
        Assert.Equal(505, history.Steps);
    }

    [Fact]
    public void Steady_typing_allocates_nothing()
    {
        var history = new PredictorHistory(new Recorder());
        var tokens = new int[200];
        history.MoveTo(tokens);
        history.MoveTo(tokens.AsSpan(0, 10));
        Allocation.AssertNone(() =>
        {
            history.MoveTo(tokens);
            history.MoveTo(tokens.AsSpan(0, 60));
            history.MoveTo(tokens.AsSpan(0, 190));
        });
    }

    /// <summary>Its state is a hash of everything stepped through.</summary>
    private sealed class Recorder : ITokenPredictor
    {
        public sealed class State : PredictorState
        {
            public ulong Hash = 17;

            public override void Reset() => Hash = 17;

            public override void CopyFrom(PredictorState other) => Hash = ((State)other).Hash;
        }

        public static ulong Hash(IEnumerable<int> tokens) => tokens.Aggregate(17UL, Next);

        public int VocabularySize => 10;

        public PredictorState NewState() => new State();

        public void Step(PredictorState state, int token) => ((State)state).Hash = Next(((State)state).Hash, token);

        public void Predict(PredictorState state, Span<float> probabilities) => probabilities.Fill(0.1f);

        private static ulong Next(ulong hash, int token) => (hash ^ (ulong)token) * 0x9E3779B97F4A7C15 + 1;
    }
}
