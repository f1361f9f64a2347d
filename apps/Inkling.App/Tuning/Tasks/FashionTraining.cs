using Inkling.App.Running;
using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Onnx;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>The whole training of <see cref="FashionTask"/>, as the sample of images does it: ten epochs, the rate falling as a cosine.</summary>
internal sealed class FashionTraining(DataSet training, DataSet validation, DataSet test, int threads)
    : WholeTraining($"{training.Count:N0} images, {Passes} epochs, the learning rate falling to 0; the best epoch on {validation.Count:N0} held-out images is kept and tested once on {test.Count:N0} others.", FashionImages.Classes)
{
    private const int Passes = 10;

    /// <inheritdoc/>
    public override WholeResult Run(Trial trial, IProgress<TrainerProgress> progress, PauseGate pause, CancellationToken stop)
    {
        using var team = new Team(threads);
        Sequential network = FashionTask.Network(trial);
        FitResult result = FashionTask.Fit(network, trial, training, validation, new FitOptions { Epochs = Passes, Progress = progress, Pause = pause, Team = team }, steps => new CosineSchedule(steps), stop);
        if (result.Divergence is { } divergence) throw new FailureException($"The training came to nothing: {divergence}");
        if (result.BestStep == 0) throw new FailureException("It was ended before the first epoch; there is no network to keep.");

        var confusion = new ConfusionMatrix(FashionImages.Classes);
        network.Evaluate(new DataLoader(test, new LoaderOptions { BatchSize = 250 }), BatchLosses.CrossEntropy, confusion);
        // A file that takes the grey values as they are in an image, 0 to 255, needs no instructions.
        byte[] file = OnnxExport.ToBytes([OnnxInput.Numbers("image", "batch", FashionImages.Pixels)],
            run => run.Output("scores", network.Forward((run.Numbers("image") * (float)(1 / (255 * FashionImages.Deviation))) - (float)(FashionImages.Mean / FashionImages.Deviation))));
        return new WholeResult(confusion.Value, [.. Enumerable.Range(0, Classes.Count).Select(confusion.Recall)], result.History[^1].Epoch,
            result.History.First(record => record.Step == result.BestStep).Epoch, result.Elapsed, file);
    }
}
