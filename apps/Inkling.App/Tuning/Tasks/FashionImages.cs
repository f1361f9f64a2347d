using Inkling.App.Running;
using Inkling.Training.Data;

namespace Inkling.App.Tuning.Tasks;

/// <summary>The images of Fashion-MNIST (<i>Xiao et al. 2017</i>), as rows of 784 numbers with mean 0 and deviation 1.</summary>
internal static class FashionImages
{
    /// <summary>Mean of the grey values, 0 to 1, of the training images.</summary>
    public const double Mean = 0.286;

    /// <summary>Their standard deviation.</summary>
    public const double Deviation = 0.353;

    /// <summary>Grey values of an image.</summary>
    public const int Pixels = 28 * 28;

    private static readonly string[] s_places = ["/usr/share/datasets/fashion-mnist", "../shared/data/images/fashion-mnist"];

    /// <summary>What the classes are, in their order.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"];

    /// <summary>Opens one of the two parts.</summary>
    /// <param name="task">Who asks, for messages.</param>
    /// <param name="data">The folder that the user named, or none: then where Debian puts them.</param>
    /// <param name="part"><c>train</c> or <c>t10k</c>.</param>
    /// <exception cref="FailureException">They are not there, or others are.</exception>
    public static DataSet Open(string task, IReadOnlyList<string> data, string part)
    {
        string? folder = data.Count > 0 ? data[0] : s_places.FirstOrDefault(Directory.Exists);
        if (folder is null || !Directory.Exists(folder))
            throw new FailureException($"--task {task}: the images are not in {folder ?? s_places[0]}; install Debian's dataset-fashion-mnist, or begin a study with --data and the folder of the four files");
        DataSet images = IdxDataSet.Open(folder, part, flat: true, mean: Mean, deviation: Deviation);
        int pixels = images.Fields[0].Shape.Length;
        return pixels == Pixels ? images : throw new FailureException($"--task {task}: the images in {folder} have {pixels} grey values; those of Fashion-MNIST have 28 × 28");
    }
}
