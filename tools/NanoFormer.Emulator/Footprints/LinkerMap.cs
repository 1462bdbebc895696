using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoFormer.Emulator.Footprints;

/// <summary>A piece of code or constant data that a program was linked with.</summary>
/// <param name="Section">Input section, such as <c>.text.nf_crc32</c>.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Origin">Object file, or archive with its member in parentheses.</param>
public sealed record LinkedSection(string Section, uint Address, int Bytes, string Origin)
{
    private const string EngineLibrary = "libnanoformer.a(";

    /// <summary>Name of the engine's object file it comes from, such as <c>session</c>; null when it comes from elsewhere.</summary>
    public string? EngineObject
    {
        get
        {
            if (!Origin.Contains(EngineLibrary, StringComparison.Ordinal))
            {
                return null;
            }

            int start = Origin.LastIndexOf('(') + 1;
            return Origin[start..Origin.IndexOf('.', start)];
        }
    }
}

/// <summary>The map file of GNU ld: what a program consists of, and what was taken out of libraries for it.</summary>
public sealed partial class LinkerMap
{
    private const string Layout = "Linker script and memory map";

    private LinkerMap(IReadOnlyList<LinkedSection> sections)
    {
        Sections = sections;
    }

    /// <summary>Code and constants that made it into the program, in the order of their addresses.</summary>
    public IReadOnlyList<LinkedSection> Sections { get; }

    /// <summary>Reads a map file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static LinkerMap Read(string path)
    {
        string text = File.ReadAllText(path);
        int layout = text.IndexOf(Layout, StringComparison.Ordinal);
        if (layout < 0)
        {
            throw new FormatException($"'{path}' is not a map file of GNU ld.");
        }

        var sections = SectionLine().Matches(text[layout..]).Select(Section).Where(section => section.Bytes > 0);
        return new LinkerMap([.. sections]);
    }

    private static LinkedSection Section(Match match)
    {
        uint address = uint.Parse(match.Groups["address"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        int bytes = int.Parse(match.Groups["size"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new LinkedSection(match.Groups["section"].Value, address, bytes, match.Groups["origin"].Value);
    }

    // The name may be so long that address and size follow on the next line.
    [GeneratedRegex(@"^ (?<section>\.(?:text|rodata)\S*)\s+0x(?<address>[0-9a-f]+)\s+0x(?<size>[0-9a-f]+) (?<origin>\S.*)$", RegexOptions.Multiline)]
    private static partial Regex SectionLine();
}
