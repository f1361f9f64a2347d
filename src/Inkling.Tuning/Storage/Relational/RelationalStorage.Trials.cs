using System.Collections.Immutable;
using System.Globalization;

namespace Inkling.Tuning;

public abstract partial class RelationalStorage
{
    private const string ThisAttempt = "study = @study AND number = @number AND attempt = @attempt AND state = 0";

    /// <inheritdoc/>
    public TrialRecord? StartTrial(long study, TrialStart start)
    {
        string claim = NewClaim();
        return Run(true, work =>
        {
            if (work.IsRetry && Claimed(work, study, claim) is [var mine]) return mine;
            (string, object?)[] given = [("study", study), ("worker", RecordText.Clean(start.Worker)), ("claim", claim)];
            List<long> claimed = work.Rows($"""
                UPDATE trial SET state = 0, attempt = attempt + 1, worker = @worker, claim = @claim, started = {_dialect.Now}, heartbeat = {_dialect.Now}, change = {_dialect.Change}
                WHERE study = @study AND number = (SELECT number FROM trial WHERE study = @study AND state = 4 ORDER BY number LIMIT 1 {_dialect.LockFree})
                RETURNING number
                """, row => row.GetInt64(0), given);
            if (claimed.Count > 0) return Trial(work, study, (int)claimed[0]);

            long number = LockedCount(work, study);
            if (number >= start.Limit) return null;
            work.Execute($"""
                INSERT INTO trial (study, number, state, attempt, worker, claim, started, heartbeat, cost, objectives, violations, parameters, fixed, attributes, change)
                VALUES (@study, @number, 0, 1, @worker, @claim, {_dialect.Now}, {_dialect.Now}, 0, '', '', '{"{}"}', '{"{}"}', '{"{}"}', {_dialect.Change})
                """, [.. given, ("number", number)]);
            work.Execute("UPDATE study SET trials = @number + 1 WHERE id = @study", ("number", number), ("study", study));
            return Trial(work, study, (int)number);
        });
    }

    /// <inheritdoc/>
    public TrialRecord AddTrial(long study, TrialRecord trial)
    {
        if (trial.State == TrialState.Running) throw new ArgumentException("AddTrial: the trial is running; add it waiting or finished.");
        string claim = NewClaim();
        return Run(true, work =>
        {
            if (work.IsRetry && Claimed(work, study, claim) is [var mine]) return mine;
            long number = LockedCount(work, study);
            work.Execute($"""
                INSERT INTO trial (study, number, state, attempt, worker, claim, started, finished, heartbeat, cost, error, objectives, violations, parameters, fixed, attributes, change)
                VALUES (@study, @number, @state, @attempt, @worker, @claim, @started, @finished, @heartbeat, @cost, @error, @objectives, @violations,
                    {_dialect.Json("@parameters")}, {_dialect.Json("@fixed")}, {_dialect.Json("@attributes")}, {_dialect.Change})
                """,
                ("study", study), ("number", number), ("state", (int)trial.State), ("attempt", trial.Attempt), ("worker", trial.Worker), ("claim", claim),
                ("started", Microseconds(trial.Started)), ("finished", Microseconds(trial.Finished)), ("heartbeat", Microseconds(trial.Heartbeat)), ("cost", trial.Cost),
                ("error", trial.Error is null ? null : RecordText.Clean(trial.Error)), ("objectives", RecordText.Numbers(trial.Values)), ("violations", RecordText.Numbers(trial.Constraints)),
                ("parameters", RecordText.Parameters(trial.Parameters)), ("fixed", RecordText.Texts(trial.Fixed)), ("attributes", RecordText.Texts(trial.Attributes)));
            foreach ((int step, double value) in trial.Intermediate)
                WriteReport(work, new TrialKey(study, (int)number, trial.Attempt), step, value);
            work.Execute("UPDATE study SET trials = @number + 1 WHERE id = @study", ("number", number), ("study", study));
            return Trial(work, study, (int)number)!;
        });
    }

    /// <inheritdoc/>
    public void SetParameter(TrialKey key, string name, ParameterValue value)
        => Write(key, $"parameters = {_dialect.Merge("parameters", "@text")}", ("text", RecordText.Parameters([KeyValuePair.Create(name, value)])));

    /// <inheritdoc/>
    public void SetAttribute(TrialKey key, string name, string value)
        => Write(key, $"attributes = {_dialect.Merge("attributes", "@text")}", ("text", RecordText.Texts([KeyValuePair.Create(name, value)])));

    /// <inheritdoc/>
    public void Report(TrialKey key, int step, double value) => Run(true, work =>
    {
        WriteAttempt(work, key, "worker = worker");
        WriteReport(work, key, step, value);
        return 0;
    });

    /// <inheritdoc/>
    public void Finish(TrialKey key, TrialOutcome outcome) => Run(true, work =>
    {
        // Under this attempt nobody else could have written this state, so that a finish found there was the one in doubt.
        if (work.IsRetry && Trial(work, key.Study, key.Number) is { } there && there.Attempt == key.Attempt && there.State == outcome.State && there.Error == outcome.Error) return 0;
        WriteAttempt(work, key, $"state = @state, objectives = @objectives, violations = @violations, cost = @cost, error = @error, finished = {_dialect.Now}",
            ("state", (int)outcome.State), ("objectives", RecordText.Numbers(outcome.Values)), ("violations", RecordText.Numbers(outcome.Constraints)),
            ("cost", outcome.Cost), ("error", outcome.Error is null ? null : RecordText.Clean(outcome.Error)));
        return 0;
    });

    /// <inheritdoc/>
    public void Release(TrialKey key, double? cost = null) => Run(true, work =>
    {
        TrialRecord? trial = Trial(work, key.Study, key.Number);
        if (work.IsRetry && trial is { } there && (there.State == TrialState.Waiting || there.Attempt != key.Attempt)) return 0;
        if (trial is not { State: TrialState.Running } || trial.Attempt != key.Attempt) throw TrialLostException.For(key, trial);
        Wait(work, key, trial, null, cost);
        return 0;
    });

    /// <inheritdoc/>
    public void Heartbeat(long study, string worker)
        => Run(true, work => work.Execute($"UPDATE trial SET heartbeat = {_dialect.Now} WHERE study = @study AND state = 0 AND worker = @worker", ("study", study), ("worker", worker)));

    /// <inheritdoc/>
    public IReadOnlyList<TrialRecord> Requeue(long study, TimeSpan silence, int attempts)
    {
        // Asked often and hardly ever needed: a look that locks nothing comes first.
        (string, object?)[] given = [("study", study), ("silence", Microseconds(silence))];
        string silent = $"SELECT number FROM trial WHERE study = @study AND state = 0 AND heartbeat <= {_dialect.Now} - @silence ORDER BY number";
        if (Run(false, work => work.Rows(silent, row => row.GetInt64(0), given)).Count == 0) return [];
        string claim = NewClaim();
        return Run(true, IReadOnlyList<TrialRecord> (work) =>
        {
            if (work.IsRetry && Claimed(work, study, claim) is { Count: > 0 } mine) return mine;
            List<long> numbers = work.Rows($"{silent} {_dialect.LockFree}", row => row.GetInt64(0), given);
            return [.. numbers.Select(number => TakeOver(work, study, (int)number, silence, attempts, claim))];
        });
    }

    private TrialRecord TakeOver(SqlWork work, long study, int number, TimeSpan silence, int attempts, string claim)
    {
        TrialRecord trial = Trial(work, study, number)!;
        var key = new TrialKey(study, number, trial.Attempt);
        if (trial.Attempt < attempts)
        {
            Wait(work, key, trial, claim);
        }
        else
        {
            WriteAttempt(work, key, $"state = 3, claim = @claim, finished = {_dialect.Now}, error = @error", ("claim", claim), ("error", string.Create(CultureInfo.InvariantCulture,
                $"Its worker was silent for {silence.TotalSeconds:0.#} s, in attempt {trial.Attempt} of {attempts}.")));
        }

        return Trial(work, study, number)!;
    }

    private void Wait(SqlWork work, TrialKey key, TrialRecord trial, string? claim, double? cost = null)
    {
        TrialRecord waiting = StoredStudy.Waiting(trial);
        WriteAttempt(work, key, $"state = 4, worker = NULL, claim = @claim, cost = @cost, heartbeat = NULL, violations = '', parameters = '{"{}"}', fixed = {_dialect.Json("@fixed")}",
            ("claim", claim), ("cost", cost ?? trial.Cost), ("fixed", RecordText.Texts(waiting.Fixed)));
        work.Execute("DELETE FROM report WHERE study = @study AND number = @number", ("study", key.Study), ("number", key.Number));
    }

    private void Write(TrialKey key, string change, params (string, object?)[] parameters) => Run(true, work =>
    {
        WriteAttempt(work, key, change, parameters);
        return 0;
    });

    private void WriteAttempt(SqlWork work, TrialKey key, string change, params (string, object?)[] parameters)
    {
        int written = work.Execute($"UPDATE trial SET {change}, change = {_dialect.Change} WHERE {ThisAttempt}",
            [.. parameters, ("study", key.Study), ("number", key.Number), ("attempt", key.Attempt)]);
        if (written == 0) throw TrialLostException.For(key, StudyStamp(work, key.Study) is null ? throw NoStudy(key.Study) : Trial(work, key.Study, key.Number));
    }

    // NaN is NULL: not every data base has it.
    private static void WriteReport(SqlWork work, TrialKey key, int step, double value) => work.Execute(
        "INSERT INTO report (study, number, step, value) VALUES (@study, @number, @step, @value) ON CONFLICT (study, number, step) DO UPDATE SET value = excluded.value",
        ("study", key.Study), ("number", key.Number), ("step", step), ("value", double.IsNaN(value) ? null : value));

    // Whoever adds trials holds the row of the study until the end of the transaction, so that numbers have no gaps and are seen in order.
    private long LockedCount(SqlWork work, long study)
        => work.Scalar($"SELECT trials FROM study WHERE id = @study {_dialect.Lock}", ("study", study)) is { } count ? Convert.ToInt64(count, CultureInfo.InvariantCulture) : throw NoStudy(study);
}
