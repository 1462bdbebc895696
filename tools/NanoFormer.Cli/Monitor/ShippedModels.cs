using NanoFormer.Cli.Models;
using NanoFormer.Emulator;
using NanoFormer.Monitor.Live;

namespace NanoFormer.Cli.Monitor;

/// <summary>The images that devices should have: the one that is named, else the shipped one of the same model id.</summary>
/// <param name="named">Image or folder of a model; null for the shipped ones.</param>
internal sealed class ShippedModels(string? named) : IModelCatalog
{
    private readonly Dictionary<string, ModelFile?> _files = [];
    private readonly ModelFile? _named = named is null ? null : ModelFile.Load(named);

    public ModelCheck? Check(string model, string crc)
    {
        if ((_named ?? Shipped(model)) is not { } file)
        {
            return null;
        }

        return string.Equals(file.Crc32, crc, StringComparison.OrdinalIgnoreCase)
            ? new ModelCheck(false, $"the image of {Place(file)}")
            : new ModelCheck(true, $"model {model} has CRC {crc}, but the image of {Place(file)} has {file.Crc32.ToUpperInvariant()}");
    }

    private static string Place(ModelFile file) => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file.Path)))!;

    private ModelFile? Shipped(string model)
    {
        if (!_files.TryGetValue(model, out var file))
        {
            // A model id is an untrusted word: only a name of a folder is looked for.
            string folder = Path.Combine(NativeBuild.RepositoryRoot() ?? "", "model-blobs");
            string path = model.AsSpan().IndexOfAny('/', '\\') < 0 && model != ".." ? Path.Combine(folder, model, ModelFile.ImageName) : "";
            _files[model] = file = File.Exists(path) ? ModelFile.Load(path) : null;
        }

        return file;
    }
}
