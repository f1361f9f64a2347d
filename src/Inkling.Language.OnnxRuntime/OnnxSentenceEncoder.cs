using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;

namespace Inkling.Language;

/// <summary>
/// A transformer that encodes sentences, from a folder as <c>sentence-transformers</c> exports it to ONNX (Reimers, Gurevych 2019), computed by ONNX Runtime. Opened once, used by any
/// number of threads, disposed of at the end.
/// </summary>
/// <remarks>
/// Known are tokenizers of the kind WordPiece (BERT, MiniLM, BGE, GTE, E5 in English); inputs <c>input_ids</c>, <c>attention_mask</c>, <c>token_type_ids</c>, <c>position_ids</c>; all
/// ways of pooling. What follows the pooling, such as a dense layer, must be within the ONNX file, as its output <c>sentence_embedding</c>. A text without any piece has a vector of zeros.
/// </remarks>
/// <example><code>
/// using OnnxSentenceEncoder encoder = OnnxSentenceEncoder.Load("all-MiniLM-L6-v2");
/// float[][] vectors = encoder.EncodeMany(["When do we meet?", "Is Tuesday fine?"]);
/// </code></example>
public sealed class OnnxSentenceEncoder : ITextBatchEncoder, IDisposable
{
    // Both bound the memory of a batch: its activations, and the pairs of pieces that attention weighs. Of very long texts one batch runs at a time.
    private const int BatchPieces = 1 << 14, BatchPairs = 1 << 21, LongText = 2048;

    private readonly OnnxSession _session;
    private readonly SentenceFolder _folder;
    private readonly OnnxSentenceOptions _options;
    private readonly int _padding, _batch;

    private OnnxSentenceEncoder(SentenceFolder folder, OnnxSession session, OnnxSentenceOptions options)
    {
        (_folder, _session, _options) = (folder, session, options);
        _padding = folder.Tokenizer.PaddingId ?? 0;
        // Scales of numbers that are rounded while the model runs are those of the whole batch: a text must not depend on its company.
        _batch = FileText.Holds(folder.Model, "DynamicQuantizeLinear"u8) ? 1 : options.BatchSize;
        MaxPieces = int.Min(folder.MaxPieces, session.FixedPieces ?? int.MaxValue);
        if (session.OfPieces && folder.Unknown is { } module) throw SentenceFolder.Wrong(folder.Model, $"the folder has a module {module}, which is not known, and the file does not do it itself", remedy: "Export it with the output sentence_embedding.");
        // The highest id as well: a table that is too small shows at once.
        session.Run([Around([folder.Tokenizer.VocabularySize - 1])], _padding, (_, _, hidden) => Dimensions = session.OfPieces ? folder.Pooling.Dimensions(hidden) : hidden);
        Name = string.Create(CultureInfo.InvariantCulture, $"onnx-{Dimensions}-{Print():x16}");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Dimensions { get; private set; }

    /// <summary>The most pieces of a text that are read, begin and end among them.</summary>
    public int MaxPieces { get; }

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">With <c>onnx/model.onnx</c> or <c>model.onnx</c>, and <c>tokenizer.json</c> or <c>vocab.txt</c>; <c>modules.json</c>, <c>1_Pooling/config.json</c>,
    /// <c>sentence_bert_config.json</c>, <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c>, <c>config.json</c> and <c>config_sentence_transformers.json</c> are heeded where they are there.</param>
    /// <param name="options">What else may be said; null for the usual.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">A file is missing or damaged, does not fit the others, or wants what is not known; the message names it and the remedy.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime does not run on this system.</exception>
    public static OnnxSentenceEncoder Load(string folder, OnnxSentenceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new OnnxSentenceOptions();
        options.Check();
        SentenceFolder files = new(folder, options);
        OnnxSession session = new(files.Model);
        try
        {
            return new OnnxSentenceEncoder(files, session, options);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The encoder was disposed of.</exception>
    public void Encode(ReadOnlySpan<char> text, Span<float> vector)
    {
        if (vector.Length != Dimensions) throw new ArgumentException($"OnnxSentenceEncoder.Encode: room for {vector.Length} numbers where vectors have {Dimensions}. Give as many.", nameof(vector));
        Run([PiecesOf(text)], CancellationToken.None)[0].CopyTo(vector);
    }

    /// <summary>Makes the vectors of texts: texts of like length go through the model together, several batches at a time.</summary>
    /// <param name="texts">The texts, of any length, also empty.</param>
    /// <param name="cancellation">Ends it early, also within a batch.</param>
    /// <returns>A vector a text, in their order, each <c>[E]</c>. In other company a text's vector may differ in its last bits; files with <c>DynamicQuantizeLinear</c>, where it would differ by more, take texts one by one.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed of.</exception>
    public float[][] EncodeMany(IReadOnlyList<string> texts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null) throw new ArgumentException($"OnnxSentenceEncoder.EncodeMany: text {i} is null. Give an empty text, or leave it out.", nameof(texts));
        }

        int[][] pieces = new int[texts.Count][];
        float[][] vectors = new float[texts.Count][];
        try
        {
            Parallel.For(0, texts.Count, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation }, i => pieces[i] = PiecesOf(texts[i]));
            bool isLong = Array.Exists(pieces, text => text.Length > LongText);
            Parallel.ForEach(Batches(pieces), new ParallelOptions { MaxDegreeOfParallelism = isLong ? 1 : _options.Threads, CancellationToken = cancellation }, batch =>
            {
                float[][] made = Run([.. batch.Select(i => pieces[i])], cancellation);
                for (int i = 0; i < batch.Length; i++) vectors[batch[i]] = made[i];
            });
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        return vectors;
    }

    /// <summary>Waits for texts that are being encoded, then frees the model.</summary>
    public void Dispose() => _session.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"OnnxSentenceEncoder({_folder.Tokenizer.VocabularySize} pieces, {Dimensions} wide, {MaxPieces} pieces a text)";

    /// <summary>The ids of a text with begin and end; none if it has no piece.</summary>
    private int[] PiecesOf(ReadOnlySpan<char> text)
    {
        if (_folder.LowerCase) text = text.ToString().ToLowerInvariant();
        List<int> ids = [];
        int most = MaxPieces - Ends;
        _folder.Tokenizer.Encode(text, ids, most);
        if (ids.Count == 0) return [];
        if (_folder.Prompt.Length > 0)
        {
            ids.Clear();
            _folder.Tokenizer.Encode($"{_folder.Prompt}{text}", ids, most);
        }

        return Around(ids);
    }

    private int Ends => (_folder.Tokenizer.BeginId is null ? 0 : 1) + (_folder.Tokenizer.EndId is null ? 0 : 1);

    private int[] Around(List<int> ids) => [.. _folder.Tokenizer.BeginId is { } begin ? (int[])[begin] : [], .. ids, .. _folder.Tokenizer.EndId is { } end ? (int[])[end] : []];

    /// <summary>Texts by number, those of like length together, the longest first so that none of them is left for the end.</summary>
    private List<int[]> Batches(int[][] pieces)
    {
        int[] order = [.. Enumerable.Range(0, pieces.Length).OrderByDescending(i => pieces[i].Length).ThenBy(i => i)];
        List<int[]> batches = [];
        for (int from = 0; from < order.Length;)
        {
            int longest = int.Max(1, pieces[order[from]].Length), most = _session.FixedTexts ?? (int)long.Min(_batch, long.Max(1, long.Min(BatchPieces / longest, BatchPairs / ((long)longest * longest))));
            int[] batch = order[from..int.Min(order.Length, from + most)];
            batches.Add(batch);
            from += batch.Length;
        }

        return batches;
    }

    private float[][] Run(int[][] texts, CancellationToken cancellation)
    {
        float[][] vectors = [.. texts.Select(_ => new float[Dimensions])];
        int[] some = [.. Enumerable.Range(0, texts.Length).Where(i => texts[i].Length > 0)];
        if (some.Length == 0) return vectors;
        _session.Run([.. some.Select(i => texts[i])], _padding, (values, pieces, hidden) =>
        {
            for (int i = 0; i < some.Length; i++)
            {
                ReadOnlySpan<float> text = values.Slice(i * pieces * hidden, pieces * hidden);
                float[] vector = vectors[some[i]];
                if (_session.OfPieces) _folder.Pooling.Apply(text[..(texts[some[i]].Length * hidden)], hidden, vector);
                else text.CopyTo(vector);
                if (_folder.Normalize) Normalize(vector);
            }
        }, cancellation);
        return vectors;
    }

    private static void Normalize(Span<float> vector)
    {
        double squares = 0;
        foreach (float value in vector) squares += (double)value * value;
        float scale = squares > 1e-24 && double.IsFinite(squares) ? (float)(1 / Math.Sqrt(squares)) : 0;
        for (int i = 0; i < vector.Length; i++) vector[i] = scale == 0 ? 0 : vector[i] * scale;
    }

    /// <summary>What tells this encoder from others: its files, and what was asked for.</summary>
    private ulong Print()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 20];
        foreach (string file in _folder.Files)
        {
            using FileStream stream = File.OpenRead(file);
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer)) hash.AppendData(buffer, 0, read);
        }

        hash.AppendData(Encoding.UTF8.GetBytes($"{MaxPieces} {_folder.Pooling} {_folder.Normalize} {_folder.LowerCase} {_folder.Prompt}"));
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }
}
