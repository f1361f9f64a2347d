using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;

namespace Inkling.Tuning;

public abstract partial class RelationalStorage
{
    /// <inheritdoc/>
    public TrialChanges ReadTrials(long study, long since = 0) => Run(false, work =>
    {
        // In this order whatever is written in between is read twice, never missed.
        string which = since == 0 ? "study = @study" : "study = @study AND change >= @since";
        using DbCommand command = work.Command($"""
            SELECT {_dialect.Stamp} FROM study WHERE id = @study;
            SELECT {TrialReader.Columns} FROM trial WHERE {which} ORDER BY number;
            """, ("study", study), ("since", since));
        using DbDataReader reader = command.ExecuteReader();
        if (!reader.Read()) throw NoStudy(study);
        long stamp = reader.GetInt64(0);
        reader.NextResult();
        var trials = new List<TrialRecord>();
        var rows = new TrialReader();
        while (reader.Read())
            trials.Add(rows.Read(reader));
        reader.Close();
        return trials.Count == 0 ? new TrialChanges(stamp, trials) : new TrialChanges(stamp, WithReports(work, study, trials));
    });

    /// <inheritdoc/>
    public TrialRecord? ReadTrial(long study, int number) => Run(false, work => StudyStamp(work, study) is null ? throw NoStudy(study) : Trial(work, study, number));

    private object? StudyStamp(SqlWork work, long study) => work.Scalar($"SELECT {_dialect.Stamp} FROM study WHERE id = @study", ("study", study));

    private static TrialRecord? Trial(SqlWork work, long study, int number)
    {
        List<TrialRecord> rows = work.Rows($"SELECT {TrialReader.Columns} FROM trial WHERE study = @study AND number = @number", new TrialReader().Read, ("study", study), ("number", number));
        return rows.Count == 0 ? null : WithReports(work, study, rows)[0];
    }

    // What a try whose answer was lost has written.
    private static List<TrialRecord> Claimed(SqlWork work, long study, string claim)
    {
        List<TrialRecord> rows = work.Rows($"SELECT {TrialReader.Columns} FROM trial WHERE study = @study AND claim = @claim ORDER BY number", new TrialReader().Read, ("study", study), ("claim", claim));
        return rows.Count == 0 ? rows : WithReports(work, study, rows);
    }

    private static List<TrialRecord> WithReports(SqlWork work, long study, List<TrialRecord> trials)
    {
        // Few trials are asked for one by one, many by their range.
        (int first, int last) = (trials[0].Number, trials[^1].Number);
        bool all = last - first < 4 * trials.Count;
        string which = all ? "number BETWEEN @first AND @last" : $"number IN ({string.Join(", ", trials.Select(trial => trial.Number.ToString(CultureInfo.InvariantCulture)))})";
        using DbCommand command = work.Command($"SELECT number, step, value FROM report WHERE study = @study AND {which} ORDER BY number, step",
            ("study", study), ("first", first), ("last", last));
        using DbDataReader reader = command.ExecuteReader();
        int place = 0;
        ImmutableSortedDictionary<int, double>.Builder? reports = null;
        while (reader.Read())
        {
            int number = (int)reader.GetInt64(0);
            while (trials[place].Number < number)
            {
                Take(trials, place, ref reports);
                place++;
            }

            if (trials[place].Number > number) continue;
            (reports ??= ImmutableSortedDictionary.CreateBuilder<int, double>())[(int)reader.GetInt64(1)] = reader.IsDBNull(2) ? double.NaN : reader.GetDouble(2);
        }

        Take(trials, place, ref reports);
        return trials;
    }

    private static void Take(List<TrialRecord> trials, int place, ref ImmutableSortedDictionary<int, double>.Builder? reports)
    {
        if (reports is null) return;
        trials[place] = trials[place] with { Intermediate = reports.ToImmutable() };
        reports = null;
    }
}
