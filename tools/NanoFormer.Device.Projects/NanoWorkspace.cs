using System.Xml;

namespace NanoFormer.Device.Projects;

/// <summary>Everything below <c>nfproj/</c>, as read from the files.</summary>
public sealed class NanoWorkspace
{
    private const string FolderName = "nfproj";
    private const string PinnedName = "packages.props";

    private NanoWorkspace(string root)
    {
        Root = root;
    }

    /// <summary>Root of the repository.</summary>
    public string Root { get; }

    /// <summary>Folder of the projects.</summary>
    public string Folder => Path.Combine(Root, FolderName);

    /// <summary>File of the pinned packages.</summary>
    public string PinnedPath => Path.Combine(Folder, PinnedName);

    /// <summary>Projects that could be read, in the order of their paths.</summary>
    public IReadOnlyList<NanoProject> Projects { get; private init; } = [];

    /// <summary>The solution; null when there is none, or more than one.</summary>
    public NanoSolution? Solution { get; private init; }

    /// <summary>Pinned packages by id.</summary>
    public IReadOnlyDictionary<string, PinnedPackage> Pinned { get; private init; } = new Dictionary<string, PinnedPackage>();

    /// <summary>Files that could not be read.</summary>
    public IReadOnlyList<Finding> Unreadable { get; private init; } = [];

    /// <summary>Reads the projects of a repository; what cannot be read becomes a finding.</summary>
    /// <exception cref="DirectoryNotFoundException">The repository has no folder of projects.</exception>
    public static NanoWorkspace Load(string root)
    {
        var workspace = new NanoWorkspace(Path.GetFullPath(root));
        var unreadable = new List<Finding>();
        string[] files = Directory.GetFiles(workspace.Folder, "*.nfproj", SearchOption.AllDirectories);
        string[] solutions = Directory.GetFiles(workspace.Folder, "*.sln");
        return new NanoWorkspace(workspace.Root)
        {
            Projects = [.. files.Order(StringComparer.Ordinal).Select(path => Try(path, NanoProjectReader.Read)).OfType<NanoProject>()],
            Solution = solutions.Length == 1 ? NanoSolution.Read(solutions[0]) : null,
            Pinned = Try(workspace.PinnedPath, NanoProjectReader.ReadPinned) ?? new Dictionary<string, PinnedPackage>(),
            Unreadable = unreadable,
        };

        T? Try<T>(string path, Func<string, T> read)
            where T : class
        {
            try
            {
                return read(path);
            }
            catch (Exception exception) when (exception is XmlException or IOException or ArgumentException)
            {
                unreadable.Add(new Finding(workspace.Relative(path), exception.Message));
                return null;
            }
        }
    }

    /// <summary>A path as a reader wants to see it: relative to the repository, with slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The project at a path.</summary>
    public NanoProject? Find(string path) => Projects.FirstOrDefault(project => project.Path == path);

    /// <summary>A project's references to other projects, theirs, and so on.</summary>
    public IEnumerable<NanoProject> Closure(NanoProject project)
    {
        var found = new List<NanoProject>();
        var open = new Queue<string>(project.ProjectReferences);
        while (open.TryDequeue(out string? path))
        {
            if (Find(path) is { } next && !found.Contains(next))
            {
                found.Add(next);
                next.ProjectReferences.ToList().ForEach(open.Enqueue);
            }
        }

        return found;
    }
}

/// <summary>A line of <c>packages.props</c>, the one place for versions.</summary>
/// <param name="Package">Package and version.</param>
/// <param name="DependsOn">Ids of the packages it needs.</param>
public sealed record PinnedPackage(Package Package, IReadOnlyList<string> DependsOn);
