using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Inkling.Tuning;

/// <summary>Makes records of rows of trials, one after the other. Not safe to use from several threads.</summary>
internal sealed class TrialReader
{
    /// <summary>The columns that a row must have, in this order.</summary>
    public const string Columns = "number, state, attempt, worker, started, finished, heartbeat, cost, error, objectives, violations, parameters, fixed, attributes";

    private readonly ParameterReader _parameters = new();
    private string? _worker;

    /// <summary>The trial of the row that a reader is at, without its reports.</summary>
    /// <param name="row">A row of <see cref="Columns"/>.</param>
    /// <exception cref="StorageException">The row is damaged.</exception>
    public TrialRecord Read(DbDataReader row)
    {
        try
        {
            TrialRecord trial = ReadColumns(row);
            if (!Enum.IsDefined(trial.State)) throw new FormatException($"there is no state {(int)trial.State}");
            if (trial is { State: TrialState.Complete, Values.Length: 0 }) throw new FormatException("it is complete and has no value");
            return trial;
        }
        catch (Exception wrong) when (IsDamage(wrong))
        {
            throw new StorageException($"Studies: trial {row.GetValue(0)} is damaged: {wrong.Message.TrimEnd('.')}; put a copy of the data base back, or delete the study.", wrong);
        }
    }

    /// <summary>Whether reading a row throws this when another program has written it; a lost connection is none of it.</summary>
    /// <param name="wrong">What was thrown.</param>
    public static bool IsDamage(Exception wrong)
        => wrong is JsonException or FormatException or OverflowException or InvalidCastException or ArgumentException
            || wrong is InvalidOperationException and not StorageException and not StudyNotFoundException and not ObjectDisposedException;

    /// <summary>The moment of so many microseconds since 1970.</summary>
    /// <param name="microseconds">Any number that a moment of ours has.</param>
    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private TrialRecord ReadColumns(DbDataReader row) => new()
    {
        Number = (int)row.GetInt64(0),
        State = (TrialState)row.GetInt64(1),
        Attempt = (int)row.GetInt64(2),
        Worker = row.IsDBNull(3) ? null : Worker(row.GetString(3)),
        Started = Moment(row, 4),
        Finished = Moment(row, 5),
        Heartbeat = Moment(row, 6),
        Cost = row.GetDouble(7),
        Error = row.IsDBNull(8) ? null : row.GetString(8),
        Values = RecordText.ReadNumbers(row.GetString(9)),
        Constraints = RecordText.ReadNumbers(row.GetString(10)),
        Parameters = _parameters.Read(row.GetString(11)),
        Fixed = RecordText.ReadTexts(row.GetString(12)),
        Attributes = RecordText.ReadTexts(row.GetString(13)),
    };

    // A handful of workers stands in thousands of rows.
    private string Worker(string name) => name == _worker ? _worker : _worker = name;

    private static DateTimeOffset? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : Time(row.GetInt64(column));
}
