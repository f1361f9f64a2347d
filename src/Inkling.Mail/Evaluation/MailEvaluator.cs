namespace Inkling.Mail;

/// <summary>
/// Measures how good completions are: types mails character by character, asks for a suggestion at every position and keeps the books,
/// the same as the outside judge, a simulated typist.
/// </summary>
public static class MailEvaluator
{
    /// <summary>Evaluates a completer; each mail is typed in a session of its own.</summary>
    /// <param name="completer">What is measured.</param>
    /// <param name="mails">Mails it has not learnt from; text as it was typed, which <see cref="MailReadOptions.CleanDataSets"/> switched off leaves it.</param>
    /// <param name="options">What to look at; null for the defaults.</param>
    /// <param name="progress">Told after every mail.</param>
    /// <param name="cancellation">Stops between two characters.</param>
    /// <exception cref="InvalidDataException">No mail has the length asked for.</exception>
    public static EvaluationResult Evaluate(
        Completer completer, IEnumerable<MailMessage> mails, EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(completer);
        options ??= new EvaluationOptions();
        return Evaluate(
            () =>
            {
                DraftSession session = completer.NewSession();
                return request => completer.Complete(request, session);
            },
            mails, options with { Bits = options.Bits ?? completer.Bits }, progress, cancellation);
    }

    /// <summary>Evaluates anything that answers requests.</summary>
    /// <param name="open">Called once a mail; what it returns answers for that mail's positions, in order.</param>
    /// <param name="mails">Mails that were not learnt from, text as it was typed.</param>
    /// <param name="options">What to look at; null for the defaults.</param>
    /// <param name="progress">Told after every mail.</param>
    /// <param name="cancellation">Stops between two characters.</param>
    /// <exception cref="InvalidDataException">No mail has the length asked for.</exception>
    public static EvaluationResult Evaluate(
        Func<Func<CompletionRequest, Completion>> open, IEnumerable<MailMessage> mails, EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(mails);
        options ??= new EvaluationOptions();
        MailMessage[] drawn = Draw(mails, options, cancellation);
        if (drawn.Length == 0)
            throw new InvalidDataException(
                $"Evaluating: no mail has {options.MinCharacters} to {options.MaxCharacters} characters of the writer's own. Give more mail, or other lengths.");
        var all = new TypistBooks();
        var sources = new SortedDictionary<string, TypistBooks>(StringComparer.Ordinal);
        for (int i = 0; i < drawn.Length; i++)
        {
            TypistBooks books = Type(drawn[i], open(), options, cancellation);
            all.Add(books);
            if (!sources.TryGetValue(drawn[i].Source, out TypistBooks? source))
                sources[drawn[i].Source] = source = new TypistBooks();
            source.Add(books);
            progress?.Report(new EvaluationProgress(i + 1, drawn.Length, all.Characters, all.WholeSavings));
        }
        EvaluationResult result = all.Result();
        return sources.Count < 2 ? result : result with { Sources = sources.ToDictionary(pair => pair.Key, pair => pair.Value.Result()) };
    }

    /// <summary>Draws the mails that are typed: those of fitting length, so many of them at random.</summary>
    /// <param name="mails">All mails; read once.</param>
    /// <param name="options">How many, of what length, and the seed. The same mails in the same order give the same draw.</param>
    /// <param name="cancellation">Stops between two mails.</param>
    public static MailMessage[] Draw(IEnumerable<MailMessage> mails, EvaluationOptions options, CancellationToken cancellation = default)
    {
        // Every mail gets a random key; those with the smallest are kept, so that no more than that is held in memory.
        var kept = new PriorityQueue<MailMessage, ulong>(Comparer<ulong>.Create((a, b) => b.CompareTo(a)));
        ulong state = options.Seed;
        foreach (MailMessage mail in mails)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = mail.Text.Length > 2 * options.MaxCharacters ? int.MaxValue : new CodePoints(mail.Text).Length;
            if (length < options.MinCharacters || length > options.MaxCharacters)
                continue;
            kept.Enqueue(mail, SplitMix(ref state));
            if (kept.Count > options.Mails)
                kept.Dequeue();
        }
        var drawn = new MailMessage[kept.Count];
        for (int i = drawn.Length - 1; i >= 0; i--)
            drawn[i] = kept.Dequeue();
        return drawn;
    }

    private static TypistBooks Type(MailMessage mail, Func<CompletionRequest, Completion> complete, EvaluationOptions options, CancellationToken cancellation)
    {
        var books = new TypistBooks();
        string text = Start(mail.Text, options.TypedCharacters);
        books.Type(
            text,
            typed => complete(new CompletionRequest { Text = typed, Subject = mail.Subject, Previous = mail.Previous, To = mail.To }),
            cancellation);
        if (options.Bits is { } bits)
            books.AddBits(bits(mail), mail.Text);
        return books;
    }

    // The first so many code points.
    private static string Start(string text, int length)
    {
        int end = 0;
        for (int i = 0; i < length && end < text.Length; i++)
            end += char.IsHighSurrogate(text[end]) && end + 1 < text.Length && char.IsLowSurrogate(text[end + 1]) ? 2 : 1;
        return text[..end];
    }

    // Steele, Lea and Flood 2014, Fast Splittable Pseudorandom Number Generators.
    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
