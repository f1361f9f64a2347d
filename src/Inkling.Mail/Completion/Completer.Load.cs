namespace Inkling.Mail;

public sealed partial class Completer
{
    /// <summary>Loads a model folder.</summary>
    /// <param name="modelFolder">Folder with <c>config.json</c>, <c>tokenizer.json</c>, <c>weights.safetensors</c> and, optionally, <c>ngrams.bin</c>.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <exception cref="InvalidDataException">A file is missing or damaged; the message names the file and the remedy.</exception>
    public static Completer Load(string modelFolder, CompleterOptions? options = null) => ModelFolder.Load(modelFolder, options);
}
