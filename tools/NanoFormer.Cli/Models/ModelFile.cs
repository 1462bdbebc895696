using System.Buffers.Binary;
using System.CommandLine;
using System.Globalization;
using NanoFormer.Training;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Models;

/// <summary>A model image named on the command line: the file itself, or the folder of a shipped model.</summary>
/// <param name="Path">The image file.</param>
/// <param name="Image">Its bytes, not yet validated.</param>
internal sealed record ModelFile(string Path, byte[] Image)
{
    /// <summary>Name of the image in a model's folder.</summary>
    public const string ImageName = TrainingRun.ImageFile;

    /// <summary>Name of the configuration in a model's folder.</summary>
    public const string ConfigName = TrainingRun.ConfigFile;

    private const int CrcOffset = 12;

    /// <summary>The checksum in the image's header, in hexadecimal, as cards write it; empty when the file is too short for one.</summary>
    public string Crc32 => Image.Length < CrcOffset + sizeof(uint)
        ? ""
        : BinaryPrimitives.ReadUInt32LittleEndian(Image.AsSpan(CrcOffset)).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The model card beside the image; null when there is none.</summary>
    public string? CardPath => Beside(TrainingRun.CardFile) is var path && File.Exists(path) ? path : null;

    /// <summary>Where the float network lies that the model was made from, if it is there.</summary>
    public string FloatTwinPath => Beside(TrainingRun.FloatFile);

    /// <summary>Where the larger network lies that the model learnt from, if it is there.</summary>
    public string TeacherPath => Beside(TrainingRun.TeacherFile);

    /// <summary>Reads the configuration that the model was trained with; null when it is not there.</summary>
    /// <exception cref="ConfigException">It cannot be used.</exception>
    public TrainingConfig? ReadConfig() => Beside(ConfigName) is var path && File.Exists(path) ? TrainingConfig.Load(path) : null;

    /// <summary>The positional argument MODEL.</summary>
    public static Argument<string> Argument() => new("MODEL")
    {
        Description = $"A model image, or a folder that holds {ImageName}.",
    };

    /// <summary>Reads the bytes of an image.</summary>
    /// <exception cref="CommandFailure">There is no such file.</exception>
    public static ModelFile Load(string path)
    {
        string file = Directory.Exists(path) ? System.IO.Path.Combine(path, ImageName) : path;
        return File.Exists(file)
            ? new ModelFile(file, File.ReadAllBytes(file))
            : throw new CommandFailure("NO_MODEL", $"There is no model image at '{file}'.");
    }

    private string Beside(string file) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!, file);
}
