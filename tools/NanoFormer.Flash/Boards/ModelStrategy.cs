namespace NanoFormer.Flash;

/// <summary>Where a model image lives on a board; everywhere it is used in place.</summary>
public enum ModelStrategy
{
    /// <summary>In a partition of its own, which the application finds by the label <c>model</c>.</summary>
    Partition,

    /// <summary>At an address that the application knows, in flash that the firmware leaves unused.</summary>
    Address,

    /// <summary>Linked into the firmware.</summary>
    Clr,

    /// <summary>A resource of the deployed application.</summary>
    Resource,
}
