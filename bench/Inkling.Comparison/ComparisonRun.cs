using System.Diagnostics;

namespace Inkling.Comparison;

/// <summary>Runs comparisons one after the other and says how they went, a line each.</summary>
internal sealed class ComparisonRun(Options options, TextWriter log)
{
    private readonly List<(IComparison Comparison, Result Result)> _results = [];
    private readonly List<(IComparison Comparison, string Reason)> _left = [];

    /// <summary>What was compared.</summary>
    public IReadOnlyList<(IComparison Comparison, Result Result)> Results => _results;

    /// <summary>What was not, and why.</summary>
    public IReadOnlyList<(IComparison Comparison, string Reason)> Left => _left;

    /// <summary>Whether a peer was missing or something disagreed. A missed bar is no failure.</summary>
    public bool Failed { get; private set; }

    public void All(IEnumerable<IComparison> comparisons)
    {
        foreach (IComparison comparison in comparisons)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                Result result = comparison.Run(options);
                _results.Add((comparison, result));
                log.WriteLine(FormattableString.Invariant(
                    $"{comparison.Name,-20} ours {result.Ours,10:G5}  peer {result.Peer,10:G5} {result.Unit,-9} ratio {result.Ratio,6:F2}  bar {result.Bar,5:F2}  {(result.Bar <= 0 ? "      " : result.Holds ? "holds " : "MISSED")} {Stopwatch.GetElapsedTime(start).TotalSeconds,3:F0} s  {result.Remark}"));
            }
            catch (Exception reason) when (reason is PeerMissingException or DisagreementException)
            {
                Failed = true;
                Leave(comparison, reason.Message);
            }
            catch (NotMeasurableException reason)
            {
                Leave(comparison, reason.Message);
            }
        }
    }

    private void Leave(IComparison comparison, string reason)
    {
        _left.Add((comparison, reason));
        log.WriteLine($"{comparison.Name,-20} {reason}");
    }
}
