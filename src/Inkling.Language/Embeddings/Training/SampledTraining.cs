using System.Diagnostics;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Runs a model with negative sampling over a corpus, on any number of threads with the same bits: a round takes some thousand words, of which each shard
/// (there are always four) has an equal part. A shard learns word after word on its own copies of the rows that it uses; then what has changed is
/// merged into the tables, row by row, shard after shard (<see cref="RowCopies.Merge"/>). A row's new values therefore reach other shards a round late, as they do in training without
/// locks (Recht et al. 2011), but always the same ones.
/// </summary>
internal sealed class SampledTraining
{
    /// <summary>Shards of a round: fixed, so that results do not depend on threads.</summary>
    public const int Shards = 4;

    /// <summary>Words and breaks of a shard in a round.</summary>
    public const int Block = 1024;

    private const int Owners = 8;

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(200);

    private readonly WordCorpus _corpus;
    private readonly WordVectorTrainingOptions _options;
    private readonly IProgress<WordVectorProgress>? _progress;
    private readonly SampledShard[] _shards;
    private readonly RowCopies[] _inputs;
    private readonly RowCopies[] _outputs;
    private readonly int _epochs;
    private readonly float _rate;

    private SampledTraining(WordCorpus corpus, WordVectorTrainingOptions options, float rate, SampledTables tables, ISampledModel model, IProgress<WordVectorProgress>? progress)
    {
        _corpus = corpus;
        _options = options;
        _progress = progress;
        _epochs = options.Epochs ?? 5;
        _rate = options.Rate ?? rate;
        SampledText text = new(corpus, options, options.Window ?? 5);
        _shards = [.. Enumerable.Range(0, Shards).Select(_ => new SampledShard(text, tables, model))];
        _inputs = [.. _shards.Select(shard => shard.Input)];
        _outputs = [.. _shards.Select(shard => shard.Output)];
    }

    /// <summary>Trains to the end, or until it is stopped.</summary>
    /// <param name="trainer">Who is named in errors.</param>
    /// <param name="corpus">The text.</param>
    /// <param name="options">How; a window of 5 and 5 passes where they do not say.</param>
    /// <param name="rate">The rate where they do not say.</param>
    /// <param name="model">What is learnt.</param>
    /// <param name="progress">Told a few times a second; null for nobody.</param>
    /// <param name="stop">Ends it early.</param>
    /// <param name="parts">Rows of parts of words behind those of words.</param>
    /// <returns>The tables as they are then.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static SampledTables Run(
        string trainer, WordCorpus corpus, WordVectorTrainingOptions options, float rate, ISampledModel model, IProgress<WordVectorProgress>? progress, CancellationToken stop, int parts = 0)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(trainer);
        SampledTables tables = SampledTables.Begin(corpus, options, parts);
        new SampledTraining(corpus, options, rate, tables, model, progress).Run(stop);
        return tables;
    }

    private void Run(CancellationToken stop)
    {
        Team team = _options.Team ?? Team.Shared;
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan told = TimeSpan.Zero;
        int length = _corpus.Tokens.Length;
        double positions = (double)length * _epochs;
        for (int epoch = 0; epoch < _epochs; epoch++)
        {
            for (int start = 0; start < length; start += Shards * Block)
            {
                if (stop.IsCancellationRequested) return;
                double share = (((double)epoch * length) + start) / positions;
                float rate = _rate * MathF.Max((float)(1 - share), WordVectorTrainingOptions.LeastRateShare);
                LearnBody learn = new(_shards, epoch, start, length, rate);
                team.For(Shards, ref learn);
                MergeBody merge = new(_inputs, _outputs);
                team.For(Owners, ref merge);
                if (_progress is null || clock.Elapsed - told < s_between) continue;
                told = clock.Elapsed;
                _progress.Report(new WordVectorProgress(epoch + 1, _epochs, (long)(share * _corpus.Total * _epochs), _corpus.Total * _epochs, told));
            }
        }

        _progress?.Report(new WordVectorProgress(_epochs, _epochs, _corpus.Total * _epochs, _corpus.Total * _epochs, clock.Elapsed));
    }

    private readonly struct LearnBody(SampledShard[] shards, int epoch, int start, int length, float rate) : IChunkBody
    {
        public void Run(int chunk)
        {
            int first = int.Min(start + (chunk * Block), length);
            shards[chunk].Learn(epoch, first, int.Min(first + Block, length), rate);
        }
    }

    private readonly struct MergeBody(RowCopies[] inputs, RowCopies[] outputs) : IChunkBody
    {
        public void Run(int chunk)
        {
            RowCopies.Merge(inputs, chunk, Owners);
            RowCopies.Merge(outputs, chunk, Owners);
        }
    }
}
