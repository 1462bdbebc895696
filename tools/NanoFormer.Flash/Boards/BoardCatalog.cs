namespace NanoFormer.Flash;

/// <summary>The boards of nfproj/boards.json.</summary>
/// <param name="Boards">Each with its facts and their sources.</param>
public sealed record BoardCatalog(IReadOnlyList<Board> Boards)
{
    /// <summary>The shipped file.</summary>
    public static BoardCatalog Shipped { get; } = EmbeddedData.ReadJson<BoardCatalog>("boards.json");

    /// <summary>A board by its id or its target name, whatever the case of the letters.</summary>
    /// <exception cref="FlashException">No board has that name; the message lists those that are known.</exception>
    public Board Find(string name) =>
        Boards.FirstOrDefault(board => IsNamed(board.Id, name)) ?? Boards.FirstOrDefault(board => IsNamed(board.Target, name))
        ?? throw new FlashException(
            FlashError.UnknownBoard,
            $"There is no board '{name}'; known: {string.Join(", ", Boards.Select(board => board.Id))}.");

    private static bool IsNamed(string known, string name) => known.Equals(name, StringComparison.OrdinalIgnoreCase);
}
