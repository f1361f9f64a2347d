using System.Diagnostics;
using System.Globalization;
using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Softmax;

internal sealed class Run : IDisposable
{
    private const int Time = 64, Batch = 32;
    private readonly WordCorpus _corpus;
    private readonly LanguageNet _net;
    private readonly Pass _training, _validation;
    private readonly Adam _adam;
    private readonly ClassSampler? _sampler;

    public Run(WordCorpus corpus, string kind, Team team, ulong seed, double dropout, float rate)
    {
        _corpus = corpus;
        string[] parts = kind.Split(':');
        AdaptiveSoftmax? adaptive = null;
        if (parts[0] == "adaptive")
        {
            double divisor = double.Parse(parts[1], CultureInfo.InvariantCulture);
            int[] cutoffs = parts[2].Contains('k') ? AdaptiveCutoffs.Choose(corpus.Counts, LanguageNet.HiddenWidth, divisor, int.Parse(parts[2].TrimStart('k'), CultureInfo.InvariantCulture), 0) : [.. parts[2].Split(',').Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
            adaptive = new AdaptiveSoftmax(new AdaptiveClusters(ClassOrder.ByCount(corpus.Counts), LanguageNet.HiddenWidth, cutoffs, divisor));
            Console.WriteLine(kind + " " + adaptive);
        }

        _net = new LanguageNet(corpus.Counts.Length, dropout, adaptive).Build(seed);
        if (parts[0] == "sampled") _sampler = new ClassSampler(corpus.Counts, int.Parse(parts[1], CultureInfo.InvariantCulture), double.Parse(parts[2], CultureInfo.InvariantCulture));
        if (_sampler is not null) Console.WriteLine($"{kind}: certain {_sampler.CertainCount}");
        _training = new Pass(this, team, true, seed);
        _validation = new Pass(this, team, false, seed);
        _adam = new Adam(_net.Parameters) { LearningRate = rate, Team = team };
        StepsPerEpoch = (corpus.Training.Length - 1) / Batch / Time;
    }

    public int StepsPerEpoch { get; }

    public float Train(int step)
    {
        int lane = (_corpus.Training.Length - 1) / Batch, at = step % StepsPerEpoch * Time;
        if (at == 0) _training.ResetState();
        Tensor loss = _training.Loss(_corpus.Training, lane, at);
        _training.Tape.Backward(loss);
        GradientClipping.ClipByGlobalNorm(_net.Parameters, 1);
        _adam.Step();
        return loss.Item();
    }

    public double Validate()
    {
        int lane = (_corpus.Validation.Length - 1) / Batch;
        double sum = 0;
        int n = 0;
        _validation.ResetState();
        for (int at = 0; at + Time <= lane; at += Time, n++) sum += _validation.Loss(_corpus.Validation, lane, at).Item();
        return Math.Exp(sum / n);
    }

    public void Dispose()
    {
        _training.Tape.Dispose();
        _validation.Tape.Dispose();
    }

    private sealed class Pass
    {
        private readonly Run _run;
        private readonly Indices _inputs, _targets;
        private readonly CarriedState _hidden, _cell;
        private readonly Tensor[] _lastHidden = new Tensor[1], _lastCell = new Tensor[1];

        public Pass(Run run, Team team, bool recording, ulong seed)
        {
            _run = run;
            Tape = new Tape(new TapeOptions { Team = team, Recording = recording, Seed = seed });
            (_inputs, _targets) = (Tape.Indices([Time, Batch]), Tape.Indices([Time, Batch]));
            (_hidden, _cell) = (Tape.State([Batch, LanguageNet.HiddenWidth]), Tape.State([Batch, LanguageNet.HiddenWidth]));
        }

        public Tape Tape { get; }

        public void ResetState()
        {
            _hidden.Reset();
            _cell.Reset();
        }

        public Tensor Loss(int[] text, int lane, int at)
        {
            for (int t = 0; t < Time; t++)
            {
                for (int b = 0; b < Batch; b++)
                {
                    _inputs.Values[(t * Batch) + b] = text[(b * lane) + at + t];
                    _targets.Values[(t * Batch) + b] = text[(b * lane) + at + t + 1];
                }
            }

            Tape.Begin();
            LanguageNet net = _run._net;
            Tensor x = net.Lstm.Forward(net.Dropout.Forward(net.Embedding.Forward(_inputs)), [_hidden.Tensor], [_cell.Tensor], _lastHidden, _lastCell);
            Tape.Carry(_lastHidden[0], _hidden);
            Tape.Carry(_lastCell[0], _cell);
            x = net.Dropout.Forward(x);
            if (net.Adaptive is { } adaptive) return adaptive.Loss(x, _targets);
            return _run._sampler is { } sampler
                ? Losses.SampledSoftmax(x, net.Output!.Weight, net.Output!.Bias, _targets, sampler)
                : Losses.LinearCrossEntropy(x, net.Output!.Weight, net.Output!.Bias, _targets);
        }
    }
}
