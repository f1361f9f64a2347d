namespace Inkling.Tuning;

/// <summary>
/// Where studies and their trials are kept. All methods may be called from several threads, and of most implementations from several processes,
/// at once; each is atomic. Records go in and out; nothing is called back. Times are those of the storage's own clock, so that machines need
/// not agree on theirs. A storage that loses its data base tries again for a while inside a call and then throws <see cref="StorageException"/>.
/// </summary>
public interface IStudyStorage : IDisposable
{
    /// <summary>Creates a study without trials.</summary>
    /// <param name="specification">Name, directions, seed, attributes.</param>
    /// <exception cref="StudyExistsException">There is one of this name.</exception>
    StudyRecord CreateStudy(StudySpecification specification);

    /// <summary>Finds a study by its name; null if there is none.</summary>
    StudyRecord? FindStudy(string name);

    /// <summary>All studies in the order of their creation.</summary>
    IReadOnlyList<StudyRecord> ListStudies();

    /// <summary>Deletes a study and its trials; nothing happens if there is none.</summary>
    void DeleteStudy(long study);

    /// <summary>Sets an attribute of a study.</summary>
    void SetStudyAttribute(long study, string name, string value);

    /// <summary>
    /// Gives a worker a trial, running, its attempt counted up, started and heartbeat now: the waiting one of the lowest number, else a new one with the next
    /// number; null if that would go over the limit. Two workers never get the same.
    /// </summary>
    /// <param name="study">Id of the study.</param>
    /// <param name="start">Who asks, and the limit.</param>
    /// <exception cref="StudyNotFoundException">There is no such study.</exception>
    TrialRecord? StartTrial(long study, TrialStart start);

    /// <summary>
    /// Adds a trial with the next number, whose own number is ignored: a waiting one to be started by a worker
    /// (<see cref="TrialRecord.Fixed"/> and attributes are kept), or a finished one, which is kept as it is.
    /// </summary>
    /// <returns>The record as it was stored.</returns>
    TrialRecord AddTrial(long study, TrialRecord trial);

    /// <summary>Sets the value of a parameter of a running trial.</summary>
    /// <exception cref="TrialLostException">The attempt is not running any more; so with all methods that take a key.</exception>
    void SetParameter(TrialKey key, string name, ParameterValue value);

    /// <summary>Sets an attribute of a running trial.</summary>
    void SetAttribute(TrialKey key, string name, string value);

    /// <summary>Reports an intermediate value of a running trial, NaN and infinities included; a second report of one step replaces the first.</summary>
    void Report(TrialKey key, int step, double value);

    /// <summary>Ends a running trial; <see cref="TrialRecord.Finished"/> is now.</summary>
    void Finish(TrialKey key, TrialOutcome outcome);

    /// <summary>
    /// Gives a running trial back, to wait for a worker: its parameters become <see cref="TrialRecord.Fixed"/>, reports and constraints are dropped,
    /// attributes, cost and the count of attempts are kept.
    /// </summary>
    /// <param name="key">The attempt.</param>
    /// <param name="cost">What it has cost so far; null for what is known.</param>
    void Release(TrialKey key, double? cost = null);

    /// <summary>A sign of life for all running trials of a worker. No change in the sense of <see cref="ReadTrials"/>.</summary>
    void Heartbeat(long study, string worker);

    /// <summary>
    /// Takes the running trials whose last heartbeat is <paramref name="silence"/> or more ago from their workers: as <see cref="Release"/>, or failed, with an
    /// error that says so, from the <paramref name="attempts"/>-th attempt on.
    /// </summary>
    /// <param name="study">Id of the study.</param>
    /// <param name="silence">How long a worker may be silent.</param>
    /// <param name="attempts">How often a trial is tried at most; at least 1.</param>
    /// <returns>The trials that were taken, as they are now.</returns>
    IReadOnlyList<TrialRecord> Requeue(long study, TimeSpan silence, int attempts);

    /// <summary>The trials that have changed since a stamp.</summary>
    /// <param name="study">Id of the study.</param>
    /// <param name="since">The stamp of the last call; 0 for all trials.</param>
    TrialChanges ReadTrials(long study, long since = 0);

    /// <summary>One trial; null if there is none of this number.</summary>
    TrialRecord? ReadTrial(long study, int number);
}
