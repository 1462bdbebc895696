namespace NanoFormer.Flash;

/// <summary>Finds the deployment image that the nanoFramework build makes of an application: all assemblies in one .bin file.</summary>
public static class ApplicationFile
{
    private static readonly string[] Configurations = ["Release", "Debug"];

    /// <summary>Reads a .bin file, or that of a project's folder: bin/Release, then bin/Debug.</summary>
    /// <exception cref="FlashException">There is none, or several.</exception>
    public static FlashFile Read(string path) => FlashFile.Read(Directory.Exists(path) ? FindIn(path) : path);

    private static string FindIn(string folder)
    {
        foreach (string configuration in Configurations)
        {
            string output = Path.Combine(folder, "bin", configuration);
            string[] images = Directory.Exists(output) ? Directory.GetFiles(output, "*.bin") : [];
            if (images.Length > 1)
            {
                throw new FlashException(FlashError.NoFile, $"'{output}' holds several .bin files: name one of them.");
            }

            if (images.Length == 1)
            {
                return images[0];
            }
        }

        throw new FlashException(
            FlashError.NoFile,
            $"'{folder}' holds no bin/Release/*.bin: build the project with the nanoFramework build system, or name the .bin file.");
    }
}
