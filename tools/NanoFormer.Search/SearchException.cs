using NanoFormer.Errors;

namespace NanoFormer.Search;

/// <summary>Why a search cannot go on.</summary>
public enum SearchError
{
    /// <summary>The budget is not <c>flash=64K,arena=16K,instructions=2M</c> or part of it.</summary>
    BadBudget,

    /// <summary>A number of trials, epochs or jobs lies outside what makes sense.</summary>
    OutOfRange,

    /// <summary>The configuration is of a model without classes: there is no accuracy to compare.</summary>
    NoClasses,

    /// <summary>The folder holds a search with another configuration, data set, budget, seed or number of epochs.</summary>
    OtherSearch,

    /// <summary>The file of trials is damaged, or of another program or version.</summary>
    BadStore,

    /// <summary>No candidate that is new and within the budget was found.</summary>
    NoCandidate,

    /// <summary>Every training failed.</summary>
    AllFailed,
}

/// <summary>A search that cannot go on.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">A sentence for the user.</param>
/// <param name="inner">The fault underneath, if any.</param>
public sealed class SearchException(SearchError error, string message, Exception? inner = null)
    : NamedException<SearchError>(error, message, inner);
