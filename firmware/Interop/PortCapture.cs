#if !NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>A capture on a host's port: the producer works when the port's alarm calls, the consumer when it waits.</summary>
    [HostOnly]
    public abstract class PortCapture : ICaptureSource
    {
        /// <summary>Value of <see cref="NextAlarm"/> when none is wanted.</summary>
        protected const long NoAlarm = -1;

        private const long OverdueMicroseconds = 1000;

        private bool _isRunning;

        /// <summary>Uses a port.</summary>
        protected PortCapture(ICapturePort port)
        {
            ArgumentNullException.ThrowIfNull(port);
            Port = port;
        }

        /// <inheritdoc/>
        public abstract int ChannelCount { get; }

        /// <inheritdoc/>
        public abstract short[] Window { get; }

        /// <summary>The host.</summary>
        protected ICapturePort Port { get; }

        /// <summary>When the producer wants to be called next, or <see cref="NoAlarm"/>.</summary>
        protected abstract long NextAlarm { get; }

        /// <inheritdoc/>
        public void Start()
        {
            if (_isRunning)
            {
                throw new InvalidOperationException("The capture runs already.");
            }

            Begin();
            _isRunning = true;
            Work();
        }

        /// <inheritdoc/>
        public void Stop()
        {
            if (!_isRunning)
            {
                throw new InvalidOperationException("The capture does not run.");
            }

            _isRunning = false;
            Port.SetAlarm(0, null);
            End();
        }

        /// <inheritdoc/>
        public CaptureEvent Wait(int milliseconds, long[] facts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
            long deadline = Port.Microseconds + (milliseconds * 1000L);
            while (true)
            {
                // An alarm that is overdue comes first, as on a device, where the producer goes before the CLR.
                if (_isRunning && NextAlarm != NoAlarm && NextAlarm <= Port.Microseconds)
                {
                    Port.Rest(Port.Microseconds + OverdueMicroseconds);
                }

                var found = Next(facts);
                if (_isRunning)
                {
                    Work();
                }

                long now = Port.Microseconds;
                if (found != CaptureEvent.Nothing || !_isRunning || now >= deadline)
                {
                    return found;
                }

                long alarm = NextAlarm;
                Port.Rest(alarm == NoAlarm ? deadline : Math.Min(deadline, Math.Max(alarm, now)));
            }
        }

        /// <inheritdoc/>
        public abstract void GetBias(int[] bias);

        /// <inheritdoc/>
        public abstract void SetBias(int[] bias);

        /// <inheritdoc/>
        public abstract void GetTotals(long[] numbers);

        /// <inheritdoc/>
        public void Dispose()
        {
            Port.SetAlarm(0, null);
            _isRunning = false;
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Starts the producer.</summary>
        protected abstract void Begin();

        /// <summary>Stops the producer; a transfer that it asked for is forgotten.</summary>
        protected abstract void End();

        /// <summary>Tells the producer that its alarm is due.</summary>
        protected abstract void Alarm();

        /// <summary>Carries out the transfers that the producer asks for.</summary>
        protected abstract void Transfer();

        /// <summary>The consumer: goes on with the path until an event, or until the ring is empty.</summary>
        protected abstract CaptureEvent Next(long[] facts);

        /// <summary>Gives back what it holds.</summary>
        protected virtual void Dispose(bool disposing)
        {
        }

        private void Work()
        {
            Transfer();
            long alarm = NextAlarm;
            Port.SetAlarm(alarm, alarm == NoAlarm ? null : OnAlarm);
        }

        private void OnAlarm()
        {
            Alarm();
            Work();
        }
    }
}
#endif
