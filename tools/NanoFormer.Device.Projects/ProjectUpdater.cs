using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NanoFormer.Files;

namespace NanoFormer.Device.Projects;

/// <summary>Brings projects up to date: files that came or went in the folders they link, and the pinned package versions.</summary>
public sealed class ProjectUpdater(NanoWorkspace workspace)
{
    private const string Indent = "\n    ";

    /// <summary>Rewrites what is out of date, and gives the paths of the files that changed.</summary>
    public IReadOnlyList<string> Update() =>
    [
        .. workspace.Projects.SelectMany(project => new[]
        {
            Rewrite(project.Path, document => UpdateProject(document, project)),
            Rewrite(Path.Combine(project.Folder, NanoProjectReader.PackagesFile), UpdatePackages),
        }).OfType<string>(),
    ];

    private void UpdateProject(XDocument document, NanoProject project)
    {
        foreach (var group in NanoProjectReader.Named(document.Root!, "ItemGroup"))
        {
            UpdateSources(group, project.Folder);
            foreach (var reference in NanoProjectReader.Named(group, "Reference"))
            {
                UpdateReference(reference, project);
            }
        }
    }

    // A group that links files of a folder links all device code of that folder.
    private void UpdateSources(XElement group, string projectFolder)
    {
        var items = NanoProjectReader.Named(group, "Compile").ToArray();
        string[] linked = items.Select(item => NanoProjectReader.FullPath(projectFolder, item)).ToArray();
        var folders = linked.Select(path => Path.GetDirectoryName(path)!).Distinct()
            .Where(IsDeviceCode);
        string[] wanted =
        [
            .. folders.SelectMany(folder => DeviceSources.Below(folder).Where(path => Path.GetDirectoryName(path) == folder)),
        ];
        string[] kept = [.. linked.Where(path => !IsDeviceCode(path))];
        if (items.Length == 0 || wanted.Concat(kept).SequenceEqual(linked))
        {
            return;
        }

        var others = items.Where((_, i) => kept.Contains(linked[i])).ToArray();
        group.ReplaceNodes(wanted.Select(path => Link(group.Name.Namespace, projectFolder, path)).Concat(others)
            .SelectMany(item => new object[] { new XText(Indent), item }).Append(new XText("\n  ")));
    }

    private bool IsDeviceCode(string path) =>
        DeviceSources.Folders.Any(top => (workspace.Relative(path) + "/").StartsWith(top + "/", StringComparison.Ordinal));

    private static XElement Link(XNamespace space, string projectFolder, string path) => new(
        space + "Compile",
        new XAttribute("Include", Path.GetRelativePath(projectFolder, path).Replace('/', '\\')),
        new XText(Indent + "  "),
        new XElement(space + "Link", Path.GetFileName(path)),
        new XText(Indent));

    private void UpdateReference(XElement reference, NanoProject project)
    {
        var hint = NanoProjectReader.Named(reference, "HintPath").FirstOrDefault();
        var old = project.Packages.FirstOrDefault(package => hint?.Value.Split('\\').Contains(package.FolderName) == true);
        if (hint is null || old is null || !workspace.Pinned.TryGetValue(old.Id, out var pinned))
        {
            return;
        }

        var include = reference.Attribute("Include")!;
        hint.Value = hint.Value.Replace(old.FolderName, pinned.Package.FolderName, StringComparison.Ordinal);
        include.Value = include.Value.Replace($"={old.Version}.0,", $"={pinned.Package.Version}.0,", StringComparison.Ordinal);
    }

    private void UpdatePackages(XDocument document)
    {
        foreach (var package in document.Root!.Elements("package"))
        {
            if (workspace.Pinned.TryGetValue(package.Attribute("id")!.Value, out var pinned))
            {
                package.SetAttributeValue("version", pinned.Package.Version);
            }
        }
    }

    private static string? Rewrite(string path, Action<XDocument> change)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string before = File.ReadAllText(path);
        var document = XDocument.Parse(before, LoadOptions.PreserveWhitespace);
        change(document);
        string after = Text(document);
        if (after == before)
        {
            return null;
        }

        AtomicFile.WriteAllText(path, after);
        return path;
    }

    private static string Text(XDocument document)
    {
        using var text = new Utf8Writer();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { NewLineHandling = NewLineHandling.None }))
        {
            document.Save(writer);
        }

        return text.ToString().TrimEnd() + "\n";
    }

    // The declaration names the encoding of the writer.
    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }
}
