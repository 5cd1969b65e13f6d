"""M/M/8 at rho = 0.9 in SimPy (4, or 2 where Debian's is installed): customers, seconds, mean wait, version."""
import random
import sys
import time

CUSTOMERS = int(sys.argv[1])
waits = [0.0]


def play_simpy_4(simpy):
    env = simpy.Environment()
    servers = simpy.Resource(env, 8)

    def serve():
        came = env.now
        with servers.request() as request:
            yield request
            waits[0] += env.now - came
            yield env.timeout(random.expovariate(1.0))

    def arrive():
        for _ in range(CUSTOMERS):
            yield env.timeout(random.expovariate(7.2))
            env.process(serve())

    env.process(arrive())
    env.run()


def play_simpy_2(sim):
    servers = sim.Resource(capacity=8)

    class Customer(sim.Process):
        def serve(self):
            came = sim.now()
            yield sim.request, self, servers
            waits[0] += sim.now() - came
            yield sim.hold, self, random.expovariate(1.0)
            yield sim.release, self, servers

    class Source(sim.Process):
        def arrive(self):
            for _ in range(CUSTOMERS):
                yield sim.hold, self, random.expovariate(7.2)
                customer = Customer()
                sim.activate(customer, customer.serve())

    sim.initialize()
    source = Source()
    sim.activate(source, source.arrive())
    sim.simulate(until=1e12)


random.seed(1)
try:
    import simpy

    version, module, play = simpy.__version__, simpy, play_simpy_4
except ImportError:
    import SimPy
    import SimPy.Simulation

    version, module, play = SimPy.__version__, SimPy.Simulation, play_simpy_2
begun = time.process_time()
play(module)
print(CUSTOMERS, time.process_time() - begun, waits[0] / CUSTOMERS, version)
