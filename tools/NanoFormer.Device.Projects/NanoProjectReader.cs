using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace NanoFormer.Device.Projects;

/// <summary>Reads <c>.nfproj</c> files, <c>packages.config</c> and <c>packages.props</c>.</summary>
internal static partial class NanoProjectReader
{
    internal const string PackagesFile = "packages.config";

    // Empty lines, and symbols that were there before.
    private static readonly string[] InheritedSymbols = ["", "$(DefineConstants)"];

    /// <exception cref="System.Xml.XmlException">A file is not well-formed.</exception>
    internal static NanoProject Read(string path)
    {
        var root = XDocument.Load(path).Root!;
        string folder = Path.GetDirectoryName(path)!;
        var properties = Properties(root, board: null).GroupBy(property => property.Name.LocalName)
            .ToDictionary(values => values.Key, values => values.Last().Value);
        return new NanoProject
        {
            Path = path,
            Name = properties.GetValueOrDefault("AssemblyName", ""),
            Guid = Guid.TryParse(properties.GetValueOrDefault("ProjectGuid"), out var guid) ? guid : Guid.Empty,
            IsApplication = properties.GetValueOrDefault("OutputType") == "Exe",
            Variants = [.. Boards(root).Select(board => ReadVariant(root, folder, board))],
            ProjectReferences = [.. Items(root, "ProjectReference", board: null).Select(item => FullPath(folder, item))],
            Packages = ReadPackages(Path.Combine(folder, PackagesFile)),
            Properties = properties,
            Imports = [.. Named(root, "Import").Select(import => import.Attribute("Project")!.Value.Split('\\', ')')[^1])],
        };
    }

    /// <exception cref="System.Xml.XmlException">The file is not well-formed.</exception>
    internal static IReadOnlyDictionary<string, PinnedPackage> ReadPinned(string path) =>
        Items(XDocument.Load(path).Root!, "PackageVersion", board: null).ToDictionary(Include, item => new PinnedPackage(
            new Package(Include(item), item.Attribute("Version")?.Value ?? ""),
            item.Attribute("DependsOn")?.Value.Split(';') ?? []));

    /// <summary>The full path of what an item names.</summary>
    internal static string FullPath(string folder, XElement item) => Path.GetFullPath(Include(item).Replace('\\', '/'), folder);

    /// <summary>Child elements by name, whatever their namespace.</summary>
    internal static IEnumerable<XElement> Named(XElement parent, string name) =>
        parent.Elements().Where(child => child.Name.LocalName == name);

    private static NanoVariant ReadVariant(XElement root, string folder, string? board) => new(
        board,
        [.. Properties(root, board).Where(property => property.Name.LocalName == "DefineConstants")
            .SelectMany(property => property.Value.Split(';')).Except(InheritedSymbols)],
        [.. Items(root, "Compile", board).Select(item => FullPath(folder, item))],
        [.. Items(root, "Reference", board).Select(ReadReference)]);

    private static IReadOnlyList<Package> ReadPackages(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return [.. XDocument.Load(path).Root!.Elements("package").Select(package =>
                new Package(package.Attribute("id")?.Value ?? "", package.Attribute("version")?.Value ?? ""))];
        }
        catch (XmlException exception)
        {
            throw new XmlException($"{PackagesFile}: {exception.Message}", exception);
        }
    }

    private static AssemblyReference ReadReference(XElement item)
    {
        string[] parts = Include(item).Split(',', StringSplitOptions.TrimEntries);
        string? version = parts.FirstOrDefault(part => part.StartsWith("Version=", StringComparison.Ordinal))?["Version=".Length..];
        string? hint = Named(item, "HintPath").FirstOrDefault()?.Value;
        return new AssemblyReference(parts[0], Version.TryParse(version, out var number) ? number : null, hint);
    }

    private static IEnumerable<string?> Boards(XElement root)
    {
        string[] boards = [.. root.Elements().Select(BoardOf).OfType<string>().Distinct()];
        return boards.Length > 0 ? boards : new string?[] { null };
    }

    private static IEnumerable<XElement> Properties(XElement root, string? board) =>
        Groups(root, "PropertyGroup", board).SelectMany(group => group.Elements());

    private static IEnumerable<XElement> Items(XElement root, string name, string? board) =>
        Groups(root, "ItemGroup", board).SelectMany(group => Named(group, name));

    private static IEnumerable<XElement> Groups(XElement root, string name, string? board) =>
        Named(root, name).Where(group => BoardOf(group) is not { } only || only == board);

    // Groups for one board have this condition, and no other.
    private static string? BoardOf(XElement group) =>
        BoardCondition().Match(group.Attribute("Condition")?.Value ?? "") is { Success: true } match ? match.Groups["board"].Value : null;

    private static string Include(XElement item) => item.Attribute("Include")?.Value ?? "";

    [GeneratedRegex(@"^'\$\(NanoFormerBoard\)' == '(?<board>\w+)'$")]
    private static partial Regex BoardCondition();
}
