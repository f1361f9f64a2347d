using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail.Tests.Completion;

/// <summary>A small made-up correspondence, its tokenizer, and a predictor that counts what follows the last tokens in it.</summary>
internal static class PhraseBook
{
    public static IReadOnlyList<string> Mails { get; } =
    [
        "Hi Nora,\n\nThank you for your help with the garden plan. Please let me know if you have any questions.\n\nBest regards,\nTim",
        "Dear Nora,\n\nThank you for your message. Please let me know what you think.\n\nBest regards,\nTim",
        "Hello,\n\nThanks for the photos. I will get back to you tomorrow morning. Don't worry about the keys.\n\nTim",
        "Hi,\n\nThank you for your help. Let me know if you have time for a walk. I will get back to you soon.\n\nBest regards,\nTim",
        "Nora,\n\nCould you send me the list of plants? Thank you for your patience; I don't have it here.\n\nTim",
    ];

    public static Tokenizer Tokenizer { get; } = BpeTrainer.Train(
        Mails.Concat(Mails).Concat(Mails), new BpeTrainerOptions { VocabularySize = 420, SpecialTokens = MailTokens.All });

    public static Completer Completer(CompletionSettings? settings = null, CompleterOptions? options = null) => new(
        Tokenizer, new Counts(Tokenizer, Mails), settings ?? new CompletionSettings(),
        new ModelInfo { Name = "phrase book", Folder = "/nowhere", VocabularySize = Tokenizer.VocabularySize }, options);

    /// <summary>Interpolated counts of the last four, three, two and one tokens: enough to complete what the book says.</summary>
    private sealed class Counts : ITokenPredictor
    {
        private const int Order = 4;
        private readonly Dictionary<(int, long), Dictionary<int, int>> _next = [];

        public Counts(Tokenizer tokenizer, IEnumerable<string> mails)
        {
            VocabularySize = tokenizer.VocabularySize;
            var prompt = new MailPrompt(tokenizer);
            foreach (var mail in mails)
            {
                var tokens = new List<int>();
                prompt.AppendMail("", "", TextNormalizer.Normalize(mail), tokens);
                var state = new State();
                foreach (var token in tokens)
                {
                    for (var order = 0; order <= Math.Min(Order, state.Count); order++)
                    {
                        if (!_next.TryGetValue((order, state.Key(order)), out var next))
                            _next[(order, state.Key(order))] = next = [];
                        next[token] = next.GetValueOrDefault(token) + 1;
                    }
                    state.Add(token);
                }
            }
        }

        public int VocabularySize { get; }

        public PredictorState NewState() => new State();

        public void Step(PredictorState state, int token) => ((State)state).Add(token);

        public void Predict(PredictorState state, Span<float> probabilities)
        {
            var s = (State)state;
            probabilities.Fill(1f / VocabularySize);
            for (var order = 0; order <= Math.Min(Order, s.Count); order++)
            {
                if (!_next.TryGetValue((order, s.Key(order)), out var next))
                    continue;
                float total = next.Values.Sum();
                foreach (ref var p in probabilities)
                    p *= 0.15f;
                foreach (var (token, count) in next)
                    probabilities[token] += 0.85f * count / total;
            }
        }

        private sealed class State : PredictorState
        {
            private long _last;

            public int Count { get; private set; }

            public long Key(int order) => _last & (1L << (12 * order)) - 1;

            public void Add(int token) => (_last, Count) = (_last << 12 | (long)token, Count + 1);

            public override void Reset() => (_last, Count) = (0, 0);

            public override void CopyFrom(PredictorState other) => (_last, Count) = (((State)other)._last, ((State)other).Count);
        }
    }
}
